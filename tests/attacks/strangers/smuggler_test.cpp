#include <gtest/gtest.h>

#include "attacks/strangers/stranger.h"
#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using attacks::Stranger;
using support::CentralProcess;

/// Requests that two programs read in two ways carry a second one past whoever stands before the service (RFC 9112,
/// section 11.2).
class Smuggler : public testing::Test {
 protected:
  void SetUp() override { central.start(); }
  /// What the service says before it closes; empty and a failure if it does not.
  [[nodiscard]] std::string answer_to(const std::string& request) const {
    Stranger stranger(central.port());
    EXPECT_TRUE(stranger.send(request));
    std::string said = stranger.read_to_the_end();
    EXPECT_TRUE(stranger.is_closed_within(std::chrono::seconds(0))) << "the connection stays open";
    return said;
  }
  CentralProcess central;
};

const std::string kHidden = "GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(Smuggler, AmbiguousLengthsAreRefusedAndTheConnectionEnds) {
  const std::string head = "POST /v1/enrolments HTTP/1.1\r\nHost: a\r\n";
  for (const std::string& fields :
       {std::string("Content-Length: 5\r\nContent-Length: 40\r\n"), std::string("Content-Length: 5, 5\r\n"),
        std::string("Content-Length: +5\r\n"), std::string("Content-Length: -1\r\n"),
        std::string("Content-Length: 5 \t5\r\n"), std::string("Content-Length : 5\r\n"),
        std::string("Content-Length: 0x5\r\n"), std::string("Content-Length: 5z\r\n"),
        std::string("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        std::string("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
        std::string("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
        std::string("Transfer-Encoding: xchunked\r\n"), std::string("X: a\r\n Content-Length: 5\r\n"),
        std::string("X: a\nContent-Length: 5\r\n")}) {
    const std::string said = answer_to(head + fields + "\r\n12345" + kHidden);
    EXPECT_TRUE(said.starts_with("HTTP/1.1 400 ")) << fields << said;
    EXPECT_EQ(said.find("HTTP/1.1", 5), std::string::npos) << "a second request was answered: " << fields << said;
    EXPECT_NE(said.find("urn:bangwu:problem:malformed"), std::string::npos);
  }
}

TEST_F(Smuggler, NothingBehindAChunkedBodyIsReadAsARequest) {
  for (const std::string body : {"0\r\n\r\n", "zz\r\n\r\n", "-5\r\n", "5;x=\"\r\n12345\r\n0\r\n\r\n"}) {
    const std::string said =
        answer_to("POST /v1/enrolments HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + kHidden);
    EXPECT_TRUE(said.starts_with("HTTP/1.1 411 ")) << said;
    EXPECT_EQ(said.find("HTTP/1.1", 5), std::string::npos) << "a second request was answered: " << said;
  }
}

TEST_F(Smuggler, EscapeSequencesReachNeitherTheServiceNorItsLog) {
  EXPECT_TRUE(answer_to("GET /v1/health HTTP/1.1\r\nHost: a\r\nUser-Agent: \x1b]0;owned\x07\r\n\r\n")
                  .starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(answer_to("GET /\x1b[2J HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 400 "));
  EXPECT_EQ(central.log().find('\x1b'), std::string::npos);
}

TEST_F(Smuggler, AHeadHasAnEnd) {
  std::string fields;
  for (int i = 0; i < 3000; ++i) fields += "X" + std::to_string(i) + ": 1\r\n";
  EXPECT_TRUE(answer_to("GET /v1/health HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").starts_with("HTTP/1.1 431 "));
}

}  // namespace
}  // namespace bangwu
