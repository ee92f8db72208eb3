#include <gtest/gtest.h>

#include "attacks/strangers/stranger.h"
#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using attacks::Stranger;
using support::CentralProcess;
using support::Client;
using support::Kiosk;

class Guesser : public testing::Test {
 protected:
  void SetUp() override {
    central.start();
    Kiosk kiosk(central);
    Client client(central.port());
    sent = kiosk.application();
    number = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope)->case_number;
  }
  /// The status of one try from an address of loopback.
  [[nodiscard]] int guess(const char* from, const std::string& wanted, const std::string& proof) const {
    Stranger stranger(central.port(), from);
    EXPECT_TRUE(stranger.send("GET /v1/cases/" + wanted +
                              " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nBangwu-Proof: " + proof + "\r\n\r\n"));
    const std::string said = stranger.read_to_the_end();
    return said.size() > 12 ? std::stoi(said.substr(9, 3)) : 0;
  }
  CentralProcess central;
  support::Sendable sent;
  std::string number;
};

TEST_F(Guesser, IsNotForgottenByARestart) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(guess("127.0.0.2", number, "12345" + std::to_string(i)), 404);
  EXPECT_EQ(guess("127.0.0.2", number, support::kProof), 429);
  central.kill();
  central.start();
  EXPECT_EQ(guess("127.0.0.2", number, support::kProof), 429);
}

TEST_F(Guesser, ShutsNobodyElseOut) {
  for (int i = 2; i < 22; ++i) {
    const std::string from = "127.0.0." + std::to_string(i);
    for (int k = 0; k < 4; ++k) EXPECT_NE(guess(from.c_str(), number, "12345" + std::to_string(k)), 200);
  }
  EXPECT_EQ(guess("127.0.1.1", number, support::kProof), 200) << "the applicant, from elsewhere";
}

TEST_F(Guesser, FindsNoRoomInOtherNumbers) {
  int told = 0;
  for (int i = 0; i < 40; ++i) {
    told += guess("127.0.0.2", "WJ2020010100" + std::to_string(1000 + i), "123456") == 404 ? 1 : 0;
  }
  EXPECT_EQ(told, 20);
  EXPECT_EQ(guess("127.0.0.2", number, support::kProof), 429);
}

TEST_F(Guesser, OfACompanysPublicCodeSeesNothing) {
  Kiosk kiosk(central);
  Client client(central.port());
  const auto theirs = kiosk.application_of_organisation();
  const auto their_number = kiosk.receipt(kiosk.deliver(client, theirs), theirs.envelope)->case_number;
  EXPECT_EQ(guess("127.0.0.3", their_number, std::string(support::kCreditCode).substr(12)), 404);
  EXPECT_EQ(guess("127.0.0.4", their_number, theirs.lookup_secret), 200);
}

}  // namespace
}  // namespace bangwu
