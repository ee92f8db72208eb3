#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "envelope/provisional_number.h"

namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;
using support::percent_encoded;

class Lookup : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    kiosk.emplace(central);
    client.emplace(central.port());
    sent = kiosk->application();
    number = kiosk->receipt(kiosk->deliver(*client, sent), sent.envelope)->case_number;
  }
  support::HttpAnswer ask(const std::string& wanted, const std::string& proof) {
    return client->send("GET", "/v1/cases/" + wanted, {{"Bangwu-Proof", proof}});
  }
  CentralProcess central;
  std::optional<Kiosk> kiosk;
  std::optional<Client> client;
  support::Sendable sent;
  std::string number;
};

TEST_F(Lookup, NumberAndProofShowWhereTheCaseStands) {
  const auto answer = ask(number, support::kProof);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto told = nlohmann::json::parse(answer.body);
  EXPECT_EQ(told.at("case_number"), number);
  EXPECT_EQ(told.at("state"), "in_review");
  EXPECT_EQ(told.at("outcome"), "in_review");
  EXPECT_EQ(told.at("procedure"), "T-REVIEW");
  EXPECT_EQ(told.at("procedure_name"), "某某备案");
  EXPECT_EQ(told.at("due").get<std::string>().size(), 10U);
  EXPECT_EQ(told.at("due_is_provisional"), true);
  EXPECT_EQ(told.at("lacks").size(), 0U);
  ASSERT_EQ(told.at("steps").size(), 2U);
  EXPECT_EQ(told.at("steps")[0].at("step"), "received");
  EXPECT_EQ(answer.body.find("张三"), std::string::npos);
}

TEST_F(Lookup, ProvisionalNumberAndLowerCaseProofAreGoodToo) {
  EXPECT_EQ(ask(percent_encoded(envelope::provisional_number(sent.envelope)), "31002x").status, 200);
}

TEST_F(Lookup, TheReceiptsSecretProvesHoweverItIsTyped) {
  EXPECT_EQ(ask(number, sent.lookup_secret).status, 200);
  std::string as_typed = sent.lookup_secret.substr(0, 3) + "-" + sent.lookup_secret.substr(3);
  for (char& c : as_typed) c = c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
  EXPECT_EQ(ask(number, as_typed).status, 200);
}

// An organisation's code is public: anybody could have asked.
TEST_F(Lookup, AnOrganisationsCodeProvesNothingItsReceiptAndItsAgentDo) {
  const auto theirs = kiosk->application_of_organisation();
  const auto their_number = kiosk->receipt(kiosk->deliver(*client, theirs), theirs.envelope)->case_number;
  EXPECT_EQ(ask(their_number, std::string(support::kCreditCode).substr(12)).status, 404);
  EXPECT_EQ(ask(their_number, theirs.lookup_secret).status, 200);
  EXPECT_EQ(ask(their_number, std::string(support::kAgentId).substr(12)).status, 200);
  EXPECT_EQ(ask(their_number, sent.lookup_secret).status, 404) << "another case's";
}

// Whoever lost the receipt and cannot show the number's end is told at the hall.
TEST_F(Lookup, StaffCanTellTheSecret) {
  const auto shown = central.run({"show", number}).output;
  EXPECT_NE(shown.find("lookup code  " + sent.lookup_secret.substr(0, 3) + "-" + sent.lookup_secret.substr(3)),
            std::string::npos)
      << shown;
}

TEST_F(Lookup, NothingStoredHoldsTheSecret) {
  ASSERT_EQ(central.terminate(), 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(central.data())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(support::read_file(entry.path()).find(sent.lookup_secret), std::string::npos) << entry.path();
  }
}

TEST_F(Lookup, WrongProofAndUnknownNumberLookTheSame) {
  const auto wrong = ask(number, "123456"), unknown = ask("WJ20200101000001", support::kProof),
             none = client->send("GET", "/v1/cases/" + number);
  for (const auto* answer : {&wrong, &unknown, &none}) {
    EXPECT_EQ(answer->status, 404);
    EXPECT_EQ(answer->problem(), "no-such-case");
    EXPECT_EQ(answer->body, wrong.body);
  }
}

TEST_F(Lookup, WhoWasWrongFiveTimesWaits) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(number, "123456").status, 404);
  const auto answer = ask(number, support::kProof);
  EXPECT_EQ(answer.status, 429);
  EXPECT_GT(std::stoi(answer.header("retry-after")), 3500);
  EXPECT_EQ(ask(percent_encoded(envelope::provisional_number(sent.envelope)), support::kProof).status, 429);
}

TEST_F(Lookup, UnknownNumberIsClosedAsWell) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask("WJ20200101000001", "123456").status, 404);
  EXPECT_EQ(ask("WJ20200101000001", "123456").status, 429);
  EXPECT_EQ(ask(number, support::kProof).status, 200);
}

TEST_F(Lookup, ShowAndExportGiveWhatTheApplicantHandedIn) {
  const auto shown = central.run({"show", number});
  EXPECT_EQ(shown.code, 0);
  EXPECT_NE(shown.output.find("用途  开店"), std::string::npos) << shown.output;
  EXPECT_NE(shown.output.find("身份证  1 页"), std::string::npos) << shown.output;
  const auto json = nlohmann::json::parse(central.run({"show", number, "--json"}).output);
  EXPECT_EQ(json.at("application").at("applicant").at("identity").at("name"), "张三");
  const auto folder = central.folder() / "exported";
  ASSERT_EQ(central.run({"export", number, folder}).code, 0);
  const std::string page = support::read_file(folder / "01-id-card-01.jpg");
  EXPECT_TRUE(page.starts_with("\xFF\xD8")) << page.size();
  EXPECT_LT(page.size(), 2000U) << "what lay behind the picture did not come along";
  EXPECT_TRUE(support::read_file(folder / "signature.png").starts_with("\x89PNG"));
  EXPECT_FALSE(std::filesystem::exists(folder / "original-01-id-card-01.jpg"));
  EXPECT_EQ(nlohmann::json::parse(support::read_file(folder / "application.json")), json.at("application"));
  EXPECT_EQ(std::filesystem::status(folder).permissions(), std::filesystem::perms::owner_all);
  EXPECT_EQ(central.run({"export", number, folder}).code, 1) << "nothing is written over";
  EXPECT_EQ(central.run({"show", "WJ1"}).code, 1);
  const auto all = central.folder() / "with originals";
  ASSERT_EQ(central.run({"export", number, all, "--original"}).code, 0);
  EXPECT_EQ(std::filesystem::file_size(all / "original-01-id-card-01.jpg"), 20000U);
}

TEST_F(Lookup, StaffNameACaseHoweverItIsTyped) {
  std::string small = number;
  small[0] = 'w';
  small[1] = 'j';
  std::string bare = envelope::provisional_number(sent.envelope).substr(std::string_view("临").size());
  std::erase(bare, '-');
  for (const std::string& typed : {small, envelope::provisional_number(sent.envelope), bare})
    EXPECT_EQ(central.run({"show", typed}).code, 0) << typed;
}

TEST_F(Lookup, ShowSaysItInWordsAndInTheHallsTime) {
  const auto shown = central.run({"show", number}).output;
  for (const char* said :
       {"state        已收到，窗口审核中", "applicant    个人", "居民身份证 11010519491231002X", "+08:00"})
    EXPECT_NE(shown.find(said), std::string::npos) << said << "\n" << shown;
  for (const char* code : {"in_review", "resident_id", "natural_person"})
    EXPECT_EQ(shown.find(code), std::string::npos) << code << "\n" << shown;
}

}  // namespace
}  // namespace bangwu
