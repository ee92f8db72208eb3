#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "envelope/bodies.h"
#include "envelope/provisional_number.h"

namespace bangwu {
namespace {

using support::Kiosk;

class HostileKiosk : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    kiosk.emplace(central);
    client.emplace(central.port());
  }
  support::CentralProcess central;
  std::optional<Kiosk> kiosk;
  std::optional<support::Client> client;
};

/// It got hold of a victim's envelope and pages (a copied disk, a shared line) and signs them
/// as its own, under the victim's id and under an id of its own.
TEST_F(HostileKiosk, PagesOfAnotherKioskCannotBeSignedAsOnesOwn) {
  Kiosk attacker(central);
  const auto victims = kiosk->application();
  ASSERT_EQ(kiosk->deliver(*client, victims).status, 201);
  auto stolen = victims;
  stolen.envelope.kiosk = attacker.id();
  attacker.sign(stolen.envelope);
  EXPECT_EQ(attacker.deliver(*client, stolen).problem(), "different-content") << "the id is the victim's";
  base::KernelRandom random;
  stolen.envelope.id = base::make_uuid_v7(base::RealClock{}.now(), random);
  attacker.sign(stolen.envelope);
  const auto answer = attacker.deliver(*client, stolen);
  EXPECT_EQ(answer.status, 422) << answer.body;
  EXPECT_EQ(answer.problem(), "cannot-open");
  EXPECT_EQ(central.verify().cases, 1);
}

/// The sender chose the last bytes of the envelope's id, and with them the number of format 1.
TEST_F(HostileKiosk, NumberAVictimWasGivenCannotBeClaimedFirst) {
  Kiosk attacker(central);
  const auto victims = kiosk->application();
  auto id = victims.envelope.id;
  id.bytes[10] ^= 1;  // another id with the same end
  const auto claim = attacker.seal(envelope::Kind::submission, envelope::to_json(Kiosk::sample("T-REVIEW", "抢先")), {},
                                   std::nullopt, id);
  ASSERT_EQ(attacker.deliver(*client, claim).status, 201);
  const auto receipt = kiosk->receipt(kiosk->deliver(*client, victims), victims.envelope);
  ASSERT_TRUE(receipt);
  const auto shown = central.run({"show", envelope::provisional_number(victims.envelope), "--json"});
  EXPECT_EQ(nlohmann::json::parse(shown.output).at("case_number"), receipt->case_number);
}

/// It signs bursts of ratings, each with a proper envelope: they are kept, counted and flagged.
TEST_F(HostileKiosk, RatingsInABurstAreFlaggedNotHidden) {
  for (int i = 0; i < 8; ++i)
    ASSERT_EQ(kiosk->put(*client, kiosk->rating(std::nullopt, domain::NationalLevel::very_satisfied).envelope).status,
              201);
  const auto listed = nlohmann::json::parse(central.run({"ratings", "--json"}).output);
  ASSERT_EQ(listed.size(), 8U);
  for (const auto& rating : listed) EXPECT_EQ(rating.at("is_burst"), true);
  EXPECT_NE(central.run({"ratings"}).output.find("连发"), std::string::npos);
}

}  // namespace
}  // namespace bangwu
