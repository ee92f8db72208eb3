#include <gtest/gtest.h>

#include "central/support/kiosk.h"
#include "central/support/version_1.h"
#include "envelope/bodies.h"

namespace bangwu {
namespace {

using support::Client;
using support::Kiosk;

/// Every byte of the data folder but the keys: the database, its log, whatever else lies there.
std::string all_bytes(const std::filesystem::path& data) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
    const bool is_key = entry.path().parent_path().filename() == "keys";
    if (entry.is_regular_file() && !is_key) bytes += support::read_file(entry.path());
  }
  return bytes;
}

void expect_nothing_personal(const std::string& bytes) {
  for (const char* secret :
       {"张三", "11010519491231002X", "13912345678", "某路 8 号", "等了很久", "王五", "13800001111"})
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
}

class AtRest : public ::testing::Test {
 protected:
  void deliver(Client& client, Kiosk& kiosk) {
    auto application = Kiosk::sample("T-REVIEW", "某路 8 号");
    application.answers.values["phone"] = "13912345678";
    sent = kiosk.seal(envelope::Kind::submission, envelope::to_json(application), {}, std::nullopt);
    number = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope)->case_number;
    domain::Rating rating{};
    rating.level = domain::NationalLevel::dissatisfied;
    rating.reasons = {"time_long"};
    rating.words = "等了很久";
    rating.name = "王五";
    rating.telephone = "13800001111";
    const auto rated = kiosk.seal(envelope::Kind::rating, envelope::to_json(rating), {}, sent.envelope.id);
    ASSERT_EQ(kiosk.put(client, rated.envelope).status, 201);
  }
  support::CentralProcess central;
  support::Sendable sent;
  std::string number;
};

TEST_F(AtRest, DatabaseLogAndCopyNameNobody) {
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  deliver(client, kiosk);
  // While it serves all of it lies in the write-ahead log.
  const std::string serving = all_bytes(central.data());
  EXPECT_NE(serving.find(number), std::string::npos) << "the log is looked at";
  expect_nothing_personal(serving);
  const auto copy = central.folder() / "copy";
  std::filesystem::create_directory(copy);
  for (const char* name : {"central.db", "central.db-wal"})
    std::filesystem::copy_file(central.data() / name, copy / name);
  expect_nothing_personal(all_bytes(copy));
  ASSERT_EQ(central.terminate(), 0);
  expect_nothing_personal(all_bytes(central.data()));
  EXPECT_NE(central.run({"show", number}).output.find("张三"), std::string::npos) << "who has the keys can read it";
}

TEST_F(AtRest, FolderOfVersion1IsCleanedAndItsCasesAreFound) {
  support::lay_out_version_1(central.data());
  EXPECT_NE(all_bytes(central.data()).find("张三"), std::string::npos) << "it kept bodies in plain";
  central.start();
  ASSERT_EQ(central.terminate(), 0);
  expect_nothing_personal(all_bytes(central.data()));
  EXPECT_EQ(central.verify().damaged, 0) << central.verify().output;
}

TEST_F(AtRest, SearchKeyThatIsLostIsNotMadeAnew) {
  central.start();
  Kiosk kiosk(central);
  Client client(central.port());
  deliver(client, kiosk);
  ASSERT_EQ(central.terminate(), 0);
  const auto file = central.data() / "keys" / "search.key";
  std::filesystem::rename(file, central.folder() / "aside");
  EXPECT_EQ(central.run({"verify"}).code, 4);
  EXPECT_FALSE(std::filesystem::exists(file));
  support::write_file(file, std::string(32, 'x'));
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_NE(central.run({"verify"}).errors.find("another key"), std::string::npos);
  std::filesystem::rename(central.folder() / "aside", file);
  EXPECT_EQ(central.run({"verify"}).code, 0);
}

}  // namespace
}  // namespace bangwu
