#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "central/support/kiosk.h"
#include "central/support/tamperer.h"

// Backups are whole and of one moment; what is made of one is another service, which says so.
namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;

class Backup : public ::testing::Test {
 protected:
  void SetUp() override { central.start(); }
  std::string deliver(Kiosk& kiosk) {
    Client client(central.port());
    const auto sent = kiosk.application();
    const auto receipt = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope);
    return receipt ? receipt->case_number : "";
  }
  [[nodiscard]] std::filesystem::path folder() const { return central.folder() / "backup"; }
  [[nodiscard]] support::Finished verify(const std::filesystem::path& data) const {
    return CentralProcess::run_exactly({"verify", "--data", data});
  }
  [[nodiscard]] support::Finished restore() const {
    return CentralProcess::run_exactly({"restore", folder(), "--data", central.folder() / "new"});
  }
  CentralProcess central;
};

TEST_F(Backup, IsMadeBesideServeAndHoldsAllOfOneMoment) {
  Kiosk kiosk(central);
  const std::string number = deliver(kiosk);
  ASSERT_FALSE(number.empty());
  const auto made = central.run({"backup", folder()});
  ASSERT_EQ(made.code, 0) << made.output << made.errors;
  EXPECT_NE(made.output.find("keep them elsewhere"), std::string::npos) << made.output;
  ASSERT_FALSE(deliver(kiosk).empty());
  const auto verified = verify(folder());
  EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
  EXPECT_NE(verified.output.find("envelopes  1\ncases      1\nratings    0\nblobs      1\n"), std::string::npos)
      << verified.output;
  EXPECT_EQ(CentralProcess::run_exactly({"show", number, "--data", folder()}).code, 0);
  EXPECT_EQ(verify(folder()).code, 0) << "looking at a backup does not change it";
  struct stat status {};
  ASSERT_EQ(::stat((folder() / "keys").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(Backup, NeverOverwritesAnything) {
  ASSERT_EQ(central.run({"backup", folder()}).code, 0);
  const auto again = central.run({"backup", folder()});
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.errors.find("name a new folder"), std::string::npos) << again.errors;
}

TEST_F(Backup, DamageOfABackupIsFoundAndNotRestored) {
  Kiosk kiosk(central);
  ASSERT_FALSE(deliver(kiosk).empty());
  ASSERT_EQ(central.run({"backup", folder()}).code, 0);
  std::string bytes = support::read_file(folder() / "central.db");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  support::write_file(folder() / "central.db", bytes);
  const auto verified = verify(folder());
  EXPECT_EQ(verified.code, 1) << verified.output << verified.errors;
  EXPECT_NE(verified.output.find("central.db is not what manifest.json lists"), std::string::npos) << verified.output;
  const auto restored = restore();
  EXPECT_EQ(restored.code, 1);
  EXPECT_NE(restored.errors.find("take another one"), std::string::npos) << restored.errors;
  EXPECT_FALSE(std::filesystem::exists(central.folder() / "new"));
}

TEST_F(Backup, WithoutItsKeysSaysThatTheyMustBePutBack) {
  ASSERT_EQ(central.run({"backup", folder()}).code, 0);
  std::filesystem::rename(folder() / "keys", central.folder() / "elsewhere");
  const auto restored = restore();
  EXPECT_EQ(restored.code, 4);
  EXPECT_NE(restored.errors.find("put the backup's keys/ back"), std::string::npos) << restored.errors;
}

TEST_F(Backup, ADamagedBlobIsToldWhenTheBackupIsMade) {
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  ASSERT_TRUE(kiosk.receipt(kiosk.deliver(client, sent), sent.envelope));
  const std::string sha256 = sent.envelope.attachments[0].sha256;
  std::filesystem::remove(central.data() / "blobs" / sha256.substr(0, 2) / sha256);
  const auto made = central.run({"backup", folder()});
  EXPECT_EQ(made.code, 1);
  EXPECT_NE(made.output.find("attachment " + sha256 + " is not_found"), std::string::npos) << made.output;
}

/// Numbers told after the backup was made are forgotten by the service and never told to another visitor.
TEST_F(Backup, RestoredIsAnotherGenerationThatGivesNoNumberTwice) {
  Kiosk kiosk(central);
  std::vector<std::string> told{deliver(kiosk)};
  ASSERT_EQ(central.run({"backup", folder()}).code, 0);
  for (int i = 0; i < 5; ++i) told.push_back(deliver(kiosk));
  ASSERT_EQ(central.terminate(), 0);
  const auto restored = restore();
  ASSERT_EQ(restored.code, 0) << restored.errors;
  std::filesystem::rename(central.data(), central.folder() / "old");
  std::filesystem::rename(central.folder() / "new", central.data());
  central.start();
  for (int i = 0; i < 7; ++i) {
    const std::string number = deliver(kiosk);
    ASSERT_FALSE(number.empty());
    EXPECT_EQ(std::count(told.begin(), told.end(), number), 0) << number << " was told before";
    told.push_back(number);
  }
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
  EXPECT_NE(verified.output.find("restored   "), std::string::npos) << "staff see it: " << verified.output;
  const auto generation = verified.output.substr(verified.output.find("generation "), 47);
  EXPECT_NE(restored.output.find(generation.substr(11)), std::string::npos) << restored.output;
  EXPECT_EQ(verify(central.folder() / "old").output.find(generation), std::string::npos);
}

/// Without any backup: what is left of a folder that may not be served any more.
TEST_F(Backup, WhatIsLeftOfADataFolderCanBeRestoredToo) {
  Kiosk kiosk(central);
  ASSERT_FALSE(deliver(kiosk).empty());
  ASSERT_EQ(central.terminate(), 0);
  support::Tamperer(central.data()).execute("DELETE FROM service WHERE name = 'generation'");
  ASSERT_EQ(CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()}).code, 4);
  const auto restored = CentralProcess::run_exactly({"restore", central.data(), "--data", central.folder() / "new"});
  ASSERT_EQ(restored.code, 0) << restored.errors;
  EXPECT_EQ(verify(central.folder() / "new").code, 0);
}

/// Only our own receipt lets an envelope choose its number.
TEST_F(Backup, AReceiptThatIsNotOursChoosesNoNumber) {
  Kiosk kiosk(central);
  Client client(central.port());
  const auto sent = kiosk.application();
  ASSERT_EQ(kiosk.upload(client, sent.blobs[0]).status, 201);
  auto forged = envelope::receipt_for(sent.envelope, base::RealClock{}.now());
  forged.case_number = "WJ20261123000001";
  envelope::sign(forged, envelope::SigningKey::make());
  auto headers = kiosk.authorisation();
  headers.emplace_back("Content-Type", "application/vnd.bangwu.envelope-with-receipt+json");
  const auto answer = client.send(
      "PUT", "/v1/envelopes/" + base::to_string(sent.envelope.id), headers,
      R"({"envelope":)" + envelope::to_json(sent.envelope) + R"(,"receipt":)" + envelope::to_json(forged) + "}");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(central.verify().envelopes, 0);
}

}  // namespace
}  // namespace bangwu
