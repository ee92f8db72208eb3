#include "http/address.h"

#include <gtest/gtest.h>

namespace bangwu::http {
namespace {

Address at(std::string_view text) { return parse_address(text).value(); }

TEST(LimitedAddress, IsAnIpv4AddressOrAnIpv6Network) {
  EXPECT_EQ(limited(at("192.0.2.7")), "192.0.2.7");
  EXPECT_EQ(limited(at("::ffff:192.0.2.7")), "192.0.2.7");
  EXPECT_EQ(limited(at("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::");
  EXPECT_EQ(limited(at("2001:db8:1:2:9:9:9:9")), "2001:db8:1:2::");
  EXPECT_EQ(limited(at("::1")), "::1");
}

TEST(Address, IsOneHoweverItIsWritten) {
  EXPECT_EQ(at("2001:DB8:0:0:0:0:0:1"), at("2001:db8::1"));
  EXPECT_EQ(at("::ffff:192.0.2.7"), at("192.0.2.7"));
  EXPECT_EQ(at("::ffff:c000:207"), at("192.0.2.7"));
  for (const char* none : {"", "unknown", "192.0.2", "192.0.2.7 ", "192.0.2.7,", "fe80::1%eth0", "1:2"})
    EXPECT_EQ(parse_address(none), std::nullopt) << none;
}

class ClientBehindAProxy : public testing::Test {
 protected:
  [[nodiscard]] std::string client(const char* peer, std::string_view forwarded) const {
    return limited(client_behind(at(peer), forwarded, proxies_));
  }
  const std::vector<Address> proxies_{at("192.0.2.1"), at("2001:db8::5"), at("10.0.0.9")};
};

TEST_F(ClientBehindAProxy, IsTheLastThatAProxyAddedNotWhatItWroteItself) {
  EXPECT_EQ(client("192.0.2.1", "198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(client("192.0.2.1", "203.0.113.5, 198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(client("192.0.2.1", "192.0.2.1,203.0.113.5 ,198.51.100.1"), "198.51.100.1");
}

TEST_F(ClientBehindAProxy, IsFoundBehindSeveral) {
  EXPECT_EQ(client("192.0.2.1", "spoofed, 198.51.100.1, 10.0.0.9"), "198.51.100.1");
  EXPECT_EQ(client("192.0.2.1", "198.51.100.1, ::ffff:10.0.0.9, 2001:DB8:0::5"), "198.51.100.1");
  EXPECT_EQ(client("192.0.2.1", "10.0.0.9"), "10.0.0.9") << "a proxy itself";
}

TEST_F(ClientBehindAProxy, CountsWithItsNetwork) {
  EXPECT_EQ(client("2001:db8::5", "2001:db8:9:9:1::1"), client("2001:db8::5", "2001:db8:9:9:2::2"));
  EXPECT_EQ(client("::ffff:192.0.2.1", "[2001:db8:9:9:1::1]:4711"), "2001:db8:9:9::");
  EXPECT_EQ(client("192.0.2.1", "198.51.100.1:4711"), "198.51.100.1");
}

TEST_F(ClientBehindAProxy, IsTheProxyWhereItNamesNobody) {
  EXPECT_EQ(client("192.0.2.1", ""), "192.0.2.1");
  EXPECT_EQ(client("192.0.2.1", "198.51.100.1, unknown"), "192.0.2.1");
  EXPECT_EQ(client("192.0.2.1", "198.51.100.1,"), "192.0.2.1");
}

TEST_F(ClientBehindAProxy, IsNotBelievedOfOthers) {
  EXPECT_EQ(client("198.51.100.7", "203.0.113.5"), "198.51.100.7");
  EXPECT_EQ(client("2001:db8::6", "203.0.113.5"), "2001:db8::") << "a neighbour of a proxy";
}

}  // namespace
}  // namespace bangwu::http
