#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "attacks/strangers/stranger.h"
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

/// Reading pages back from the disk takes long; whoever cannot be answered with a receipt does not cause it.
TEST_F(HostileKiosk, PagesAreReadBackOnlyForAnEnvelopeThatOpens) {
  const auto bad = kiosk->seal(envelope::Kind::submission, "{}", {support::random_bytes(10'000)}, std::nullopt);
  ASSERT_EQ(kiosk->upload(*client, bad.blobs[0]).status, 201);
  const auto name = bad.envelope.attachments[0].sha256;
  const auto file = central.data() / "blobs" / name.substr(0, 2) / name;
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).put('\x7f');  // who reads it sees that
  EXPECT_EQ(kiosk->put(*client, bad.envelope).problem(), "cannot-open");
  EXPECT_TRUE(std::filesystem::exists(file)) << "it was read and set aside";
}

/// A question about an upload waits a moment for the piece that is just coming, and a piece may come slowly.
TEST(HostileKiosks, WhoKeepsWorkersWaitingDoesNotKeepAllOfThem) {
  support::CentralProcess central({.settings = std::string(support::kPlainHttp) + "worker_threads = 4\n"});
  central.start();
  Kiosk attacker(central), other(central);
  support::Client client(central.port());
  const auto path = client.send("POST", "/v1/uploads", attacker.tus({{"Upload-Length", "1000"}})).header("location");
  support::Client slow(central.port());
  slow.send_head("PATCH", path,
                 attacker.tus({{"Upload-Offset", "0"}, {"Content-Type", "application/offset+octet-stream"}}), 1000);
  ASSERT_TRUE(slow.send_bytes("a"));
  std::vector<std::unique_ptr<attacks::Stranger>> waiting;
  for (int i = 0; i < 30; ++i) {
    waiting.push_back(std::make_unique<attacks::Stranger>(central.port(), "127.0.0.1"));
    ASSERT_TRUE(waiting.back()->send("HEAD " + path + " HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\n" +
                                     "Authorization: Bearer " + attacker.token() + "\r\n\r\n"));
  }
  const auto sent = other.application();
  EXPECT_TRUE(other.receipt(other.deliver(client, sent), sent.envelope));
  EXPECT_EQ(waiting[24]->read_to_the_end(std::chrono::milliseconds(1)), "") << "the other was served after them";
}

/// Bodies that do not end wait in memory; of that all kiosks together have so much.
TEST_F(HostileKiosk, BodiesThatDoNotEndTakeOnlyItsOwnPartOfTheMemory) {
  Kiosk attacker(central);
  constexpr std::size_t kEach = 8U << 20;
  const std::string head = "PUT /v1/envelopes/" + base::to_string(attacker.application().envelope.id) +
                           " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + attacker.token() +
                           "\r\nContent-Length: " + std::to_string(kEach) + "\r\n\r\n";
  const std::string most(kEach - 1, 'x');
  std::vector<std::unique_ptr<attacks::Stranger>> held;
  for (int i = 0; i < 40; ++i) {
    held.push_back(std::make_unique<attacks::Stranger>(central.port(), "127.0.0.1"));
    (void)(held.back()->send(head) && held.back()->send(most));  // refused while it is sent, in the end
  }
  const auto sent = kiosk->application();
  EXPECT_EQ(kiosk->deliver(*client, sent).status, 201) << "turned away for another's sake";
  EXPECT_TRUE(held.back()->read_to_the_end(std::chrono::seconds(5)).starts_with("HTTP/1.1 503 "));
}

/// What is read without recursion would be written with one.
TEST_F(HostileKiosk, DeeplyNestedBodiesAreRefusedAndTheServiceLives) {
  const std::string deep(100'000, '['), shut(100'000, ']');
  auto headers = kiosk->authorisation();
  EXPECT_EQ(client->send("POST", "/v1/kiosk/sync", headers, R"({"last_receipt":)" + deep + shut + "}").status, 400);
  const std::string path = "/v1/envelopes/" + base::to_string(kiosk->application().envelope.id);
  EXPECT_EQ(client->send("PUT", path, headers, deep + shut).status, 400);
  headers.emplace_back("Content-Type", "application/vnd.bangwu.envelope-with-receipt+json");
  EXPECT_EQ(client->send("PUT", path, headers, R"({"envelope":)" + deep + shut + R"(,"receipt":{}})").status, 400);
  EXPECT_EQ(client->send("GET", "/v1/health").status, 200);
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
