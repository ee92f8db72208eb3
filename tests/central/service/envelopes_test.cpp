#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "central/support/kiosk.h"
#include "envelope/bodies.h"

namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;

class Envelopes : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    kiosk.emplace(central);
    client.emplace(central.port());
  }
  CentralProcess central;
  std::optional<Kiosk> kiosk;
  std::optional<Client> client;
};

TEST_F(Envelopes, CompleteApplicationIsStoredAndAnsweredWithASignedReceipt) {
  const auto sent = kiosk->application();
  const auto answer = kiosk->deliver(*client, sent);
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto receipt = kiosk->receipt(answer, sent.envelope);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->outcome, domain::Outcome::in_review);
  EXPECT_TRUE(receipt->case_number.starts_with("WJ20")) << receipt->case_number;
  EXPECT_EQ(receipt->case_number.size(), 16U);
  EXPECT_TRUE(receipt->due);
  EXPECT_TRUE(receipt->due_is_provisional);  // the calendar folder has no year
  EXPECT_EQ(central.run({"verify"}).code, 0);
}

TEST_F(Envelopes, CaseNumbersOfADayCountUp) {
  const auto first = kiosk->application(), second = kiosk->application();
  const auto one = kiosk->receipt(kiosk->deliver(*client, first), first.envelope);
  const auto two = kiosk->receipt(kiosk->deliver(*client, second), second.envelope);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->case_number.substr(10), "000001");
  EXPECT_EQ(two->case_number.substr(10), "000002");
}

TEST_F(Envelopes, InstantItemIsAcceptedAtOnce) {
  const auto sent = kiosk->application("T-INSTANT");
  const auto receipt = kiosk->receipt(kiosk->deliver(*client, sent), sent.envelope);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->outcome, domain::Outcome::accepted);
}

TEST_F(Envelopes, IncompleteApplicationIsStoredAndToldAllThatLacks) {
  const auto sent = kiosk->application("T-REVIEW", "");
  const auto receipt = kiosk->receipt(kiosk->deliver(*client, sent), sent.envelope);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->outcome, domain::Outcome::correction_needed);
  ASSERT_EQ(receipt->lacks.size(), 1U);
  EXPECT_EQ(receipt->lacks[0].id, "purpose");
  EXPECT_FALSE(receipt->due);
  EXPECT_FALSE(receipt->case_number.empty());
}

TEST_F(Envelopes, ProcedureTheCatalogueDoesNotKnowIsNeverLost) {
  const auto sent = kiosk->application("NEWER-0001");
  const auto receipt = kiosk->receipt(kiosk->deliver(*client, sent), sent.envelope);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->outcome, domain::Outcome::in_review);
  const auto shown = central.run({"show", receipt->case_number});
  EXPECT_NE(shown.output.find("事项编码不在目录中，请窗口审核并更新目录  NEWER-0001"), std::string::npos)
      << shown.output;
}

TEST_F(Envelopes, RepeatIsAnsweredWithTheSameBytes) {
  const auto sent = kiosk->application();
  const auto first = kiosk->deliver(*client, sent);
  const auto again = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(first.body, again.body);
  const auto asked = client->send("GET", "/v1/envelopes/" + base::to_string(sent.envelope.id), kiosk->authorisation());
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body, first.body);
}

TEST_F(Envelopes, EightAtOnceMakeOneCase) {
  const auto sent = kiosk->application();
  ASSERT_EQ(kiosk->upload(*client, sent.blobs[0]).status, 201);
  std::vector<support::HttpAnswer> answers(8);
  {
    std::vector<std::jthread> threads;
    for (auto& answer : answers) {
      threads.emplace_back([&] {
        Client own(central.port());
        answer = kiosk->put(own, sent.envelope);
      });
    }
  }
  int created = 0;
  for (const auto& answer : answers) {
    created += answer.status == 201 ? 1 : 0;
    EXPECT_TRUE(answer.status == 200 || answer.status == 201) << answer.status << answer.body;
    EXPECT_EQ(answer.body, answers[0].body);
  }
  EXPECT_EQ(created, 1);
  const auto verified = central.run({"verify"});
  EXPECT_NE(verified.output.find("cases      1\n"), std::string::npos) << verified.output;
}

TEST_F(Envelopes, SameIdWithOtherContentIsRefused) {
  auto sent = kiosk->application();
  ASSERT_EQ(kiosk->deliver(*client, sent).status, 201);
  sent.envelope.created_at += std::chrono::seconds(1);
  kiosk->sign(sent.envelope);
  const auto answer = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.problem(), "different-content");
}

TEST_F(Envelopes, SequenceTakenByAnotherIdIsADuplicateIdentity) {
  const auto first = kiosk->application();
  ASSERT_EQ(kiosk->deliver(*client, first).status, 201);
  auto second = kiosk->application();
  second.envelope.sequence = first.envelope.sequence;
  kiosk->sign(second.envelope);
  const auto answer = kiosk->deliver(*client, second);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.problem(), "duplicate-identity");
}

TEST_F(Envelopes, MissingAttachmentsAreNamed) {
  const auto sent = kiosk->application();
  const auto answer = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.problem(), "attachments-missing");
  EXPECT_EQ(nlohmann::json::parse(answer.body).at("missing"),
            nlohmann::json::array({sent.envelope.attachments[0].sha256}));
  EXPECT_EQ(kiosk->deliver(*client, sent).status, 201);
}

TEST_F(Envelopes, NoReceiptForAPageThatWasDamagedAfterItCame) {
  const auto sent = kiosk->application();
  ASSERT_EQ(kiosk->upload(*client, sent.blobs[0]).status, 201);
  const std::string sha256 = envelope::sha256_hex(sent.blobs[0]);
  const auto blob = central.data() / "blobs" / sha256.substr(0, 2) / sha256;
  std::string bytes = support::read_file(blob);
  bytes[1000] ^= 1;
  support::write_file(blob, bytes);
  const auto answer = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.problem(), "attachments-missing");
  EXPECT_EQ(nlohmann::json::parse(answer.body).at("missing"), nlohmann::json::array({sha256}));
  EXPECT_TRUE(kiosk->receipt(kiosk->deliver(*client, sent), sent.envelope)) << "brought again it is taken";
  EXPECT_EQ(support::read_file(blob), support::as_text(sent.blobs[0]));
  EXPECT_EQ(central.verify().damaged, 0);
}

TEST_F(Envelopes, DependantWaitsForWhatItDependsOn) {
  const auto application = kiosk->application();
  const auto rating = kiosk->rating(application.envelope.id);
  const auto early = kiosk->put(*client, rating.envelope);
  EXPECT_EQ(early.status, 409);
  EXPECT_EQ(early.problem(), "dependency-missing");
  const auto stored = kiosk->deliver(*client, application);
  ASSERT_EQ(stored.status, 201);
  const auto late = kiosk->put(*client, rating.envelope);
  EXPECT_EQ(late.status, 201) << late.body;
  const auto receipt = kiosk->receipt(late, rating.envelope);
  ASSERT_TRUE(receipt);
  EXPECT_TRUE(receipt->case_number.empty());
  EXPECT_FALSE(receipt->outcome);
}

TEST_F(Envelopes, RatingIsKeptOnceAndLinkedToTheVisitsCase) {
  const auto application = kiosk->application();
  const auto receipt = kiosk->receipt(kiosk->deliver(*client, application), application.envelope);
  const auto rating = kiosk->rating(application.envelope.id, domain::NationalLevel::very_dissatisfied);
  EXPECT_EQ(kiosk->put(*client, rating.envelope).status, 201);
  EXPECT_EQ(kiosk->put(*client, rating.envelope).status, 200);
  const auto listed = nlohmann::json::parse(central.run({"ratings", "--json"}).output);
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("case_number"), receipt->case_number);
  EXPECT_EQ(listed[0].at("is_bad"), true);
  EXPECT_EQ(listed[0].at("rating").at("words"), "等了很久");
}

TEST_F(Envelopes, ForgedSignatureIsRefused) {
  auto sent = kiosk->application();
  sent.envelope.signature[0] ^= 1;
  const auto answer = kiosk->deliver(*client, sent);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.problem(), "bad-signature");
}

TEST_F(Envelopes, OtherKiosksEnvelopeIsRefused) {
  Kiosk other(central);
  const auto sent = other.application();
  const auto answer = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.problem(), "identity-mismatch");
}

TEST_F(Envelopes, IdInTheAddressMustBeTheEnvelopes) {
  const auto one = kiosk->application(), two = kiosk->application();
  const auto answer = client->send("PUT", "/v1/envelopes/" + base::to_string(one.envelope.id), kiosk->authorisation(),
                                   envelope::to_json(two.envelope));
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.problem(), "identity-mismatch");
}

TEST_F(Envelopes, WrongTokenIsUnknown) {
  const auto sent = kiosk->application();
  for (const support::Headers& headers : {support::Headers{}, support::Headers{{"Authorization", "Bearer wrong"}},
                                          support::Headers{{"Authorization", "Bearer "}}}) {
    const auto answer = client->send("PUT", "/v1/envelopes/" + base::to_string(sent.envelope.id), headers,
                                     envelope::to_json(sent.envelope));
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.problem(), "unknown-kiosk");
  }
}

TEST_F(Envelopes, KeySealedToAnotherServiceCannotBeOpened) {
  auto sent = kiosk->application();
  sent.envelope.sealed_key = envelope::ContentKey::make()
                                 .seal_to(envelope::UnsealingKey::make().public_key(), sealed_for(sent.envelope))
                                 .value();
  kiosk->sign(sent.envelope);
  const auto answer = kiosk->deliver(*client, sent);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.problem(), "cannot-open");
}

TEST_F(Envelopes, BodyThatIsNoApplicationCannotBeOpened) {
  const auto sent = kiosk->seal(envelope::Kind::submission, "{\"procedure\":1}", {}, std::nullopt);
  const auto answer = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.problem(), "cannot-open");
}

TEST_F(Envelopes, ApplicationThatNamesAPageWithoutAttachingItCannotBeOpened) {
  auto application = Kiosk::sample("T-REVIEW", "开店");
  application.materials = {{"id_card", {{std::string(64, 'a'), "image/jpeg", 0}}}};
  const auto sent = kiosk->seal(envelope::Kind::submission, envelope::to_json(application), {}, std::nullopt);
  EXPECT_EQ(kiosk->put(*client, sent.envelope).status, 422);
}

TEST_F(Envelopes, KindThisVersionDoesNotKeepIsLeftWithTheKiosk) {
  const auto sent = kiosk->seal(envelope::Kind::commission, "{}", {}, std::nullopt);
  const auto answer = kiosk->put(*client, sent.envelope);
  EXPECT_EQ(answer.status, 501);
  EXPECT_EQ(answer.problem(), "unsupported-kind");
  EXPECT_FALSE(answer.header("retry-after").empty());
}

TEST_F(Envelopes, MalformedEnvelopesAreRefusedBeforeAnythingElse) {
  const auto sent = kiosk->application();
  const std::string path = "/v1/envelopes/" + base::to_string(sent.envelope.id);
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("[]"), std::string("{\"id\":1}"), std::string(100000, '[')}) {
    const auto answer = client->send("PUT", path, kiosk->authorisation(), body);
    EXPECT_EQ(answer.status, 400) << body.substr(0, 20);
    EXPECT_EQ(answer.problem(), "malformed");
  }
}

TEST_F(Envelopes, TooLargeEnvelopeIsRefusedWithoutReadingIt) {
  client->send_head("PUT", "/v1/envelopes/0198a000-0000-7000-8000-000000000001", kiosk->authorisation(), 9U << 20);
  const auto answer = client->read_answer();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.problem(), "too-large");
}

TEST_F(Envelopes, ReceiptIsToldOnlyToTheSender) {
  const auto sent = kiosk->application();
  ASSERT_EQ(kiosk->deliver(*client, sent).status, 201);
  Kiosk other(central);
  const std::string path = "/v1/envelopes/" + base::to_string(sent.envelope.id);
  EXPECT_EQ(client->send("GET", path, other.authorisation()).status, 404);
  EXPECT_EQ(client->send("GET", "/v1/envelopes/0198a000-0000-7000-8000-000000000001", kiosk->authorisation()).status,
            404);
}

TEST_F(Envelopes, LogCarriesNoApplicantTokenOrProof) {
  const auto sent = kiosk->application();
  const auto receipt = kiosk->receipt(kiosk->deliver(*client, sent), sent.envelope);
  client->send("GET", "/v1/cases/" + receipt->case_number, {{"Bangwu-Proof", support::kProof}});
  client->send("GET", "/v1/cases/" + receipt->case_number, {{"Bangwu-Proof", "999999"}});
  client->send("GET", "/secret/path");
  ASSERT_EQ(central.terminate(), 0);
  const std::string log = central.log();
  EXPECT_NE(log.find("route=/v1/cases/{number} status=200"), std::string::npos) << log;
  for (const std::string& secret :
       {kiosk->token(), receipt->case_number, std::string(support::kProof), std::string(support::kApplicantId),
        std::string("999999"), std::string("张三"), std::string("secret")}) {
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace bangwu
