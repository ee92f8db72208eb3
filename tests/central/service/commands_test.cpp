#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "central/support/tamperer.h"
#include "envelope/bodies.h"
#include "envelope/export_file.h"

namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;

TEST(Commands, HelpAndVersionSucceed) {
  EXPECT_EQ(CentralProcess::run_exactly({"--help"}).code, 0);
  const auto version = CentralProcess::run_exactly({"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_TRUE(version.output.starts_with("bangwu-central "));
}

TEST(Commands, WrongCommandLinesAreUsageErrors) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"dance"},
                                                {"serve"},
                                                {"serve", "--data"},
                                                {"serve", "--data", "x"},
                                                {"serve", "--data", "x", "--port", "70000"},
                                                {"show", "--data", "x"},
                                                {"verify", "--data", "x", "extra"},
                                                {"verify", "--data", "x", "--colour"},
                                                {"enrol", "--data", "x"}}) {
    const auto finished = CentralProcess::run_exactly(words);
    EXPECT_EQ(finished.code, 2) << (words.empty() ? "" : words[0]);
    EXPECT_FALSE(finished.errors.empty());
  }
}

TEST(Commands, FolderWithoutADatabaseIsAStoreError) {
  const CentralProcess central;
  for (const std::string command : {"verify", "ratings"}) EXPECT_EQ(central.run({command}).code, 4);
}

TEST(Commands, EachFailureHasItsCodeAndSaysWhatItWasAbout) {
  CentralProcess central;
  central.start();
  ASSERT_EQ(central.terminate(), 0);
  const std::string data = central.data(), config = central.config(), wrong = central.folder() / "wrong.toml";
  support::write_file(wrong, "[http]\nprot = 1\n");
  support::write_file(central.folder() / "file", "no folder");
  struct Failure {
    std::vector<std::string> words;
    int code;
    const char* said;
  };
  for (const auto& [words, code, said] : std::vector<Failure>{
           {{"serve", "--config", wrong, "--data", data}, 3, "wrong.toml:2"},
           {{"enrol", "--name", "n", "--config", wrong, "--data", data}, 3, "wrong.toml:2"},
           {{"import", "file", "--config", wrong, "--data", data}, 3, "wrong.toml:2"},
           {{"show", "WJ1", "--config", wrong, "--data", data}, 3, "wrong.toml:2"},
           {{"serve", "--config", central.folder() / "none.toml", "--data", data}, 3, "none.toml"},
           {{"import", central.folder() / "none", "--config", config, "--data", data}, 1, "none"},
           {{"show", "WJ20261123000001", "--data", data}, 1, "there is no case WJ20261123000001"},
           {{"export", "WJ20261123000001", central.folder() / "new", "--data", data},
            1,
            "there is no case WJ20261123000001"},
           {{"show", "WJ1", "--data", central.folder() / "empty"}, 4, "there is no database"},
           {{"import", "file", "--config", config, "--data", central.folder() / "empty"}, 4, "there is no database"},
           {{"enrol", "--name", "n", "--data", central.folder() / "file"}, 4, "file"}}) {
    const auto finished = CentralProcess::run_exactly(words);
    EXPECT_EQ(finished.code, code) << testing::PrintToString(words) << finished.errors;
    EXPECT_NE(finished.errors.find(said), std::string::npos) << testing::PrintToString(words) << finished.errors;
  }
}

TEST(Commands, ServesOneFolderOnceAndOnePortOnce) {
  CentralProcess central;
  central.start();
  const auto second = CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()});
  EXPECT_EQ(second.code, 4);
  EXPECT_NE(second.errors.find("end it first"), std::string::npos) << second.errors;
  const auto port = CentralProcess::run_exactly({"serve", "--config", central.config(), "--data",
                                                 central.folder() / "other", "--port", std::to_string(central.port())});
  EXPECT_EQ(port.code, 1);
  EXPECT_NE(port.errors.find("cannot listen"), std::string::npos) << port.errors;
}

TEST(Commands, PortIsWrittenAndGoesAtAGracefulEnd) {
  CentralProcess central;
  central.start();
  EXPECT_EQ(support::read_file(central.data() / "port"), std::to_string(central.port()) + "\n");
  EXPECT_EQ(central.terminate(), 0);
  EXPECT_FALSE(std::filesystem::exists(central.data() / "port"));
}

TEST(Commands, PortIsPrintedWhenAsked) {
  CentralProcess central;
  central.start();
  EXPECT_EQ(central.terminate(), 0);
  EXPECT_NE(("\n" + central.log()).find("\n" + std::to_string(central.port()) + "\n"), std::string::npos)
      << central.log();
}

TEST(Commands, NothingIsMadeOutsideTheDataFolder) {
  CentralProcess central;
  central.start();
  EXPECT_EQ(central.terminate(), 0);
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::current_path() / "uploads"));
}

TEST(Commands, WhatIsKeptIsNobodyElses) {
  CentralProcess central({.settings = ""});
  central.start();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(central.data())) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    const std::string name = entry.path().filename();
    const bool is_public = name == "ca.crt" || name == "server.crt" || name == "port";
    if (is_public) continue;
    EXPECT_EQ(status.st_mode & 077U, 0U) << entry.path();
  }
}

TEST(Commands, KeysMissingBesideADatabaseAreNotMadeAnew) {
  CentralProcess central;
  central.start();
  EXPECT_EQ(central.terminate(), 0);
  std::filesystem::remove(central.data() / "keys" / "unsealing.key");
  const auto finished = CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()});
  EXPECT_EQ(finished.code, 4);
  EXPECT_NE(finished.errors.find("restore it"), std::string::npos) << finished.errors;
}

class Stored : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    Kiosk kiosk(central);
    Client client(central.port());
    sent = kiosk.application();
    number = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope)->case_number;
    rating = kiosk.rating(sent.envelope.id);
    ASSERT_EQ(kiosk.put(client, rating.envelope).status, 201);
    later = kiosk.application();
    ASSERT_EQ(central.terminate(), 0);
    ASSERT_EQ(central.run({"verify"}).code, 0);
  }
  /// Changes bytes of the database file that are there once.
  void change_database(const std::string& from, const std::string& to) {
    std::string bytes = support::read_file(central.data() / "central.db");
    const auto at = bytes.find(from);
    ASSERT_NE(at, std::string::npos);
    bytes.replace(at, from.size(), to);
    support::write_file(central.data() / "central.db", bytes);
  }
  void expect_damage(const std::string& what) {
    const auto verified = central.run({"verify"});
    EXPECT_EQ(verified.code, 1) << verified.output << verified.errors;
    EXPECT_NE(verified.output.find(what), std::string::npos) << verified.output;
  }
  CentralProcess central;
  support::Sendable sent, rating, later;
  std::string number;
};

TEST_F(Stored, IsShownInTheWordsAndTheOrderOfTheForm) {
  const auto shown = central.run({"show", number, "--config", central.config()});
  EXPECT_EQ(shown.code, 0) << shown.errors;
  const auto purpose = shown.output.find("  用途  "), kind = shown.output.find("  办理类型  新办\n");
  EXPECT_NE(shown.output.find("  已领执照  否\n", kind), std::string::npos) << shown.output;
  EXPECT_LT(purpose, kind) << shown.output;
  EXPECT_NE(shown.output.find("  身份证  1 页\n"), std::string::npos) << shown.output;
  const auto without_form = CentralProcess::run_exactly({"show", number, "--data", central.data()});
  EXPECT_NE(without_form.output.find("  kind  new\n"), std::string::npos) << without_form.output;
}

TEST_F(Stored, ANumberThatIsPrintedSoIsForTheWindowToCompare) {
  EXPECT_THAT(central.run({"show", number}).output, testing::Not(testing::HasSubstr("check  ")));
  central.start();
  Client client(central.port());
  Kiosk kiosk(central);
  auto application = Kiosk::sample("T-REVIEW", "开店");
  application.answers.values["purpose"] = "110105194912310012";
  application.printed_so = {"110105194912310012"};
  const auto envelope =
      kiosk.seal(envelope::Kind::submission, envelope::to_json(application), {}, std::nullopt).envelope;
  const auto receipt = kiosk.receipt(kiosk.put(client, envelope), envelope);
  ASSERT_TRUE(receipt);
  EXPECT_THAT(central.run({"show", receipt->case_number}).output,
              testing::HasSubstr("check        110105194912310012  "));
}

TEST_F(Stored, ChangedEventIsFound) {
  change_database("\"procedure_name\":\"某某备案\",\"received_on\"", "\"procedure_name\":\"某某备宴\",\"received_on\"");
  expect_damage("its hash does not follow");
}

TEST_F(Stored, ChangedBodyIsFound) {
  const std::string sealed = "\"body\":\"" + envelope::to_base64(sent.envelope.body).substr(0, 40);
  std::string changed = sealed;
  changed[30] = changed[30] == 'A' ? 'B' : 'A';
  change_database(sealed, changed);
  expect_damage("envelope " + base::to_string(sent.envelope.id) + ": is not what its row says");
}

TEST_F(Stored, NothingOfABodyIsReadableInTheDatabase) {
  for (const auto& file : std::filesystem::directory_iterator(central.data())) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = support::read_file(file);
    for (const char* word : {"张三", support::kApplicantId, "开店", "等了很久"})
      EXPECT_EQ(bytes.find(word), std::string::npos) << word << " in " << file.path();
  }
}

TEST_F(Stored, ChangedBlobIsFound) {
  const std::string sha256 = sent.envelope.attachments[0].sha256;
  const auto file = central.data() / "blobs" / sha256.substr(0, 2) / sha256;
  std::string bytes = support::read_file(file);
  bytes[100] = static_cast<char>(bytes[100] ^ 1);
  support::write_file(file, bytes);
  expect_damage("attachment " + sha256 + " is corrupt");
}

TEST_F(Stored, MissingBlobIsFound) {
  const std::string sha256 = sent.envelope.attachments[0].sha256;
  std::filesystem::remove(central.data() / "blobs" / sha256.substr(0, 2) / sha256);
  expect_damage("attachment " + sha256 + " is not_found");
}

TEST_F(Stored, ForgedReceiptIsFound) {
  change_database("\"case_number\":\"" + number + "\",\"due\"", "\"case_number\":\"WJ20000101999999\",\"due\"");
  expect_damage("its receipt is not ours");
}

TEST_F(Stored, ExportOfAKioskIsTakenInOnTheSamePath) {
  const auto file = central.folder() / "kiosk.export";
  auto writer = envelope::ExportWriter::create(file, base::RealClock{}.now());
  ASSERT_TRUE(writer);
  for (const auto* sendable : {&sent, &later}) {
    const auto& blob = sendable->blobs[0];
    const auto path = central.folder() / "blob";
    support::write_file(path, std::string(support::as_text(blob)));
    ASSERT_TRUE(writer->add_blob(sendable->envelope.attachments[0].sha256, blob.size(), path));
    ASSERT_TRUE(writer->add_envelope(sendable->envelope));
  }
  ASSERT_TRUE(writer->finish());
  const auto imported = central.run({"import", file});
  EXPECT_EQ(imported.code, 0) << imported.output << imported.errors;
  EXPECT_EQ(imported.output, "blobs  2\nrepeated  1\nstored  1\n");
  const auto again = central.run({"import", file});
  EXPECT_EQ(again.output, "blobs  2\nrepeated  2\n");
  EXPECT_NE(central.run({"verify"}).output.find("cases      2\n"), std::string::npos);
}

TEST_F(Stored, OneDamagedByteOfAnExportStopsNothingThatFollows) {
  const auto file = central.folder() / "kiosk.export";
  auto writer = envelope::ExportWriter::create(file, base::RealClock{}.now());
  ASSERT_TRUE(writer && writer->add_envelope(sent.envelope));
  const auto& blob = later.blobs[0];
  support::write_file(central.folder() / "blob", std::string(support::as_text(blob)));
  ASSERT_TRUE(writer->add_blob(later.envelope.attachments[0].sha256, blob.size(), central.folder() / "blob"));
  ASSERT_TRUE(writer->add_envelope(later.envelope));
  ASSERT_TRUE(writer->finish());
  std::string bytes = support::read_file(file);
  const auto at = bytes.find("envelopes/");
  bytes[at] = 'E';
  support::write_file(file, bytes);
  const auto imported = central.run({"import", file});
  EXPECT_EQ(imported.code, 1);
  EXPECT_NE(imported.output.find("damaged  " + file.string() + " at byte"), std::string::npos) << imported.output;
  EXPECT_NE(imported.output.find("blobs  1\ndamaged  1\nstored  1\n"), std::string::npos) << imported.output;
}

TEST_F(Stored, ForgedEnvelopeInAnExportIsRefusedAndSaid) {
  const auto file = central.folder() / "kiosk.export";
  auto writer = envelope::ExportWriter::create(file, base::RealClock{}.now());
  auto forged = later.envelope;
  forged.created_at += std::chrono::seconds(1);
  ASSERT_TRUE(writer && writer->add_envelope(forged) && writer->finish());
  const auto imported = central.run({"import", file});
  EXPECT_EQ(imported.code, 1);
  EXPECT_NE(imported.output.find("bad-signature"), std::string::npos) << imported.output;
}

TEST_F(Stored, FileThatIsNoExportIsRefused) {
  support::write_file(central.folder() / "noise", "not an export");
  EXPECT_EQ(central.run({"import", central.folder() / "noise"}).code, 1);
}

/// The clock was a year ahead, and was put right: told by health and by commands, and ended by a person's word.
TEST(Commands, AClockThatWasAheadIsToldUntilAPersonAcceptsIt) {
  CentralProcess central;
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  const auto number = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope)->case_number;
  ASSERT_EQ(central.terminate(), 0);
  support::Tamperer(central.data()).execute("UPDATE envelope SET received_at = received_at + 20000000000");
  central.start();
  Client later(central.port());
  EXPECT_EQ(nlohmann::json::parse(later.send("GET", "/v1/health").body).at("status"), "clock-wrong");
  EXPECT_EQ(kiosk.put(later, kiosk.rating(std::nullopt).envelope).problem(), "clock-wrong");
  EXPECT_NE(central.run({"ratings"}).errors.find("clock accept"), std::string::npos);
  EXPECT_EQ(central.run({"clock", "accept"}).code, 2) << "a reason is needed";
  const auto accepted = central.run({"clock", "accept", "--because", "wrong year"});
  ASSERT_EQ(accepted.code, 0) << accepted.errors;
  EXPECT_NE(accepted.output.find("misdated    1"), std::string::npos) << accepted.output;
  EXPECT_EQ(central.run({"ratings"}).errors.find("clock accept"), std::string::npos);
  EXPECT_TRUE(support::eventually([&] { return kiosk.put(later, kiosk.rating(std::nullopt).envelope).status == 201; }));
  EXPECT_EQ(nlohmann::json::parse(later.send("GET", "/v1/health").body).at("status"), "ok");
  EXPECT_EQ(support::Tamperer(central.data()).text("SELECT count(*) FROM journal WHERE act LIKE '%wrong year%'"), "1");
  EXPECT_EQ(central.run({"clock", "accept", "--because", "again"}).code, 1) << "there is nothing to accept";
}

}  // namespace
}  // namespace bangwu
