#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "central/support/tamperer.h"
#include "envelope/bodies.h"

namespace bangwu {
namespace {

using support::Client;
using support::Kiosk;
using support::Tamperer;

/// Somebody with the database, and without the keys, changes what is stored while nobody serves.
class Fraud : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    kiosk.emplace(central);
    Client client(central.port());
    sent = kiosk->application();
    number = kiosk->receipt(kiosk->deliver(client, sent), sent.envelope)->case_number;
    rating = kiosk->rating(sent.envelope.id, domain::NationalLevel::very_dissatisfied);
    ASSERT_EQ(kiosk->put(client, rating.envelope).status, 201);
    ASSERT_EQ(central.terminate(), 0);
    ASSERT_EQ(central.verify().damaged, 0) << central.verify().output;
  }
  void expect_verify_finds(const std::string& what) {
    const auto found = central.verify();
    EXPECT_GT(found.damaged, 0);
    EXPECT_NE(found.output.find(what), std::string::npos) << found.output;
  }
  /// The command fails, says so, and shows nothing of what is not true.
  void expect_not_shown(const std::vector<std::string>& words, const std::string& lie) {
    const auto ran = central.run(words);
    EXPECT_EQ(ran.code, 1) << words[0] << ran.output << ran.errors;
    EXPECT_NE(ran.errors.find("not what was signed"), std::string::npos) << words[0] << ran.errors;
    EXPECT_EQ(ran.output.find(lie), std::string::npos) << words[0] << ran.output;
  }
  void expect_case_not_shown(const std::string& lie) {
    expect_not_shown({"show", number}, lie);
    expect_not_shown({"show", number, "--json"}, lie);
    expect_not_shown({"export", number, central.folder() / "exported"}, lie);
    EXPECT_FALSE(std::filesystem::exists(central.folder() / "exported"));
    central.start();
    Client client(central.port());
    const auto answer = client.send("GET", "/v1/cases/" + number, {{"Bangwu-Proof", support::kProof}});
    EXPECT_EQ(answer.status, 503) << answer.body;
    EXPECT_EQ(answer.body.find(lie), std::string::npos) << answer.body;
    EXPECT_EQ(central.terminate(), 0);
  }
  support::CentralProcess central;
  std::optional<Kiosk> kiosk;
  support::Sendable sent, rating;
  std::string number;
};

TEST_F(Fraud, RatingTurnedFromWorstToBestIsFoundByAll) {
  Tamperer(central.data()).execute("UPDATE rating SET level = 'very_satisfied', is_bad = 0");
  expect_verify_finds("the visitor's sealed rating says another thing");
  expect_not_shown({"ratings"}, "非常满意");
  expect_not_shown({"ratings", "--json"}, "very_satisfied");
  expect_not_shown({"show", number}, "非常满意");
}

TEST_F(Fraud, RatingWhoseWordsWereErasedStillCannotBeTurned) {
  Tamperer tamperer(central.data());
  const std::string wire = tamperer.text("SELECT wire FROM envelope WHERE kind = 'rating'");
  auto envelope = envelope::envelope_from_json(wire).value();
  ASSERT_TRUE(envelope::destroy_key(envelope));
  tamperer.execute("UPDATE envelope SET wire = '" + envelope::to_json(envelope) + "' WHERE kind = 'rating'");
  EXPECT_EQ(central.verify().damaged, 0) << central.verify().output;
  tamperer.execute("UPDATE rating SET level = 'very_satisfied', is_bad = 0");
  expect_verify_finds("is not what the receipt signed");
  expect_not_shown({"ratings"}, "very_satisfied");
}

TEST_F(Fraud, DeletedRatingIsFound) {
  Tamperer(central.data()).execute("DELETE FROM rating");
  expect_verify_finds("its case or rating is missing");
}

TEST_F(Fraud, DueDateMovedByAYearInAChainMadeAnewIsFoundByAll) {
  Tamperer tamperer(central.data());
  const std::string due = nlohmann::json::parse(tamperer.text("SELECT body FROM event")).at("event").at("due");
  const std::string later = std::to_string(std::stoi(due.substr(0, 4)) + 1) + due.substr(4);
  tamperer.rewrite_events(number, "\"due\":\"" + due, "\"due\":\"" + later);
  expect_verify_finds("the receipt told the applicant another thing: the due date");
  expect_case_not_shown(later);
}

TEST_F(Fraud, DayOfHandInMovedInAChainMadeAnewIsFound) {
  Tamperer tamperer(central.data());
  const std::string day = nlohmann::json::parse(tamperer.text("SELECT body FROM event")).at("event").at("received_on");
  tamperer.rewrite_events(number, "\"received_on\":\"" + day, "\"received_on\":\"2025-01-02");
  expect_verify_finds("its limits run from a day");
  tamperer.rewrite_events(number, "\"received_on\":\"2025-01-02", "\"received_on\":\"" + day);
  EXPECT_EQ(central.verify().damaged, 0) << central.verify().output;
  tamperer.rewrite_events(number, "某某备案", "某某备宴");
  expect_verify_finds("its first events are not those the receipt signed");
}

TEST_F(Fraud, SealedBodyExchangedForAnotherIsFoundByAll) {
  Tamperer tamperer(central.data());
  // Whoever knows the service's public key can seal a body of their own: 张三 becomes 李四.
  const auto key = envelope::ContentKey::make();
  auto application = Kiosk::sample("T-REVIEW", "开店");
  application.applicant.identity.name = "李四";
  const std::string json = envelope::to_json(application);
  auto changed = sent.envelope;
  changed.sealed_key = key.seal_to(kiosk->sealing_key(), sealed_for(changed)).value();
  changed.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
  tamperer.execute("UPDATE envelope SET wire = '" + envelope::to_json(changed) + "', manifest_hash = '" +
                   envelope::manifest_hash(changed) + "', content_hash = '" + envelope::content_hash(changed) +
                   "' WHERE kind = 'submission'");
  expect_verify_finds("is not signed by its kiosk");
  expect_case_not_shown("李四");
}

TEST_F(Fraud, StateSetByHandIsFoundByAll) {
  Tamperer(central.data()).execute("UPDATE case_file SET state = 'accepted'");
  expect_verify_finds("does not say what its events say");
  expect_case_not_shown("已受理");
}

TEST_F(Fraud, CaseThatCannotBeFoundByItsApplicantAnyMoreIsFound) {
  Tamperer(central.data()).execute("DELETE FROM search_key WHERE kind = 'id_number'");
  expect_verify_finds("cannot be found by its id_number");
}

}  // namespace
}  // namespace bangwu
