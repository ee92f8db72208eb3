#include "http/connections.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include "http/log_valve.h"
#include "support/manual_clock.h"

namespace bangwu::http {
namespace {

using namespace std::chrono_literals;

const ConnectionLimits kLimits{.head = 10s, .idle = 60s, .window = 15s, .least_in_window = 15'000, .proxies = {}};

class AVisit : public testing::Test {
 protected:
  void after(std::chrono::milliseconds time) { now_ += time; }
  bool is_overdue() { return visit_.is_overdue(now_, kLimits); }
  base::SteadyTime now_{1h};
  Visit visit_{now_};
};

TEST_F(AVisit, NeedsAHeadWithinTheDeadlineHoweverOftenAByteComes) {
  for (int i = 0; i < 3; ++i) {
    after(3s);
    visit_.head_began(now_);
    EXPECT_FALSE(is_overdue());
  }
  after(2s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, ThatSendsItsBodyByteByByteIsOverdue) {
  visit_.head_ended(now_);
  for (int i = 0; i < 4; ++i) {
    after(3s);
    visit_.body_came(1);
    EXPECT_FALSE(is_overdue());
  }
  after(3s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, MayBeAsSlowAsTheLeastRateForEver) {
  visit_.head_ended(now_);
  for (int i = 0; i < 1000; ++i) {
    after(3s);
    visit_.body_came(3000);
    EXPECT_FALSE(is_overdue());
  }
}

TEST_F(AVisit, MayWaitForItsAnswerAsLongAsItTakes) {
  visit_.head_ended(now_);
  visit_.body_ended();
  after(10min);
  EXPECT_FALSE(is_overdue());
  visit_.answered(now_);
  after(59s);
  EXPECT_FALSE(is_overdue());
  after(2s);
  EXPECT_TRUE(is_overdue()) << "idle";
}

TEST_F(AVisit, HasTheHeadsTimeAgainFromTheNextOnesFirstByte) {
  visit_.head_ended(now_);
  visit_.body_ended();
  visit_.answered(now_);
  after(50s);
  visit_.head_began(now_);
  after(9s);
  EXPECT_FALSE(is_overdue());
  after(2s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, ThatBeganItsNextHeadBeforeTheAnswerHasTheHeadsTimeFromThere) {
  visit_.head_ended(now_);
  visit_.body_ended();
  visit_.head_began(now_);
  after(60s);
  visit_.answered(now_);
  after(9s);
  EXPECT_FALSE(is_overdue());
  after(2s);
  EXPECT_TRUE(is_overdue());
}

TEST_F(AVisit, RefusedBeforeItsBodyEndedMayNotStay) {
  visit_.head_ended(now_);
  visit_.answered(now_);
  after(61s);
  visit_.body_came(1'000'000);
  EXPECT_TRUE(is_overdue());
}

TEST(LimitedAddress, IsAnIpv4AddressOrAnIpv6Network) {
  const auto of = [](const char* text) {
    sockaddr_storage storage{};
    auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
    v6.sin6_family = AF_INET6;
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) return limited_address(storage);
    auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
    v4.sin_family = AF_INET;
    inet_pton(AF_INET, text, &v4.sin_addr);
    return limited_address(storage);
  };
  EXPECT_EQ(of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(of("2001:db8:1:2:9:9:9:9"), "2001:db8:1:2::");
  EXPECT_EQ(of("::1"), "::1");
}

TEST(LogValve, LetsSomeThroughAndCountsTheRest) {
  LogValve valve(2, 10s);
  const base::SteadyTime now{1h};
  EXPECT_EQ(valve.let_through(now), 0U);
  EXPECT_EQ(valve.let_through(now), 0U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(valve.let_through(now + 9s), std::nullopt);
  EXPECT_EQ(valve.let_through(now + 10s), 1000U);
  EXPECT_EQ(valve.let_through(now + 10s), 0U);
}

}  // namespace
}  // namespace bangwu::http
