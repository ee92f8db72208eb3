#include <gtest/gtest.h>

#include "central/support/version_1.h"
#include "sqlite/connection.h"
#include "store/store.h"
#include "support/files.h"
#include "support/scratch_directory.h"

namespace bangwu::store {
namespace {

class FromVersion1 : public ::testing::Test {
 protected:
  void SetUp() override {
    support::lay_out_version_1(folder / "data");
    ASSERT_NE(everything().find("张三"), std::string::npos) << "version 1 kept names in plain text";
    store = open_sqlite_store(folder / "data/central.db", OpenMode::existing).value();
  }
  [[nodiscard]] std::string everything() const {
    return support::read_file(folder / "data/central.db") + support::read_file(folder / "data/central.db-wal");
  }
  void must_read(const std::function<void(Transaction&)>& look) {
    ASSERT_TRUE(store->read([&](Transaction& transaction) -> base::Result<void> {
      look(transaction);
      return {};
    }));
  }
  support::ScratchDirectory folder;
  std::unique_ptr<Store> store;
};

TEST_F(FromVersion1, EveryRowIsThere) {
  must_read([](Transaction& transaction) {
    EXPECT_EQ(transaction.envelopes().count().value(), 4U);
    const auto envelope = transaction.envelopes().find("01a22209-ee18-7dd8-89fc-cf18465cab04").value();
    ASSERT_TRUE(envelope);
    EXPECT_EQ(envelope->format, 1);
    EXPECT_EQ(envelope->content_hash, std::nullopt);
    EXPECT_FALSE(envelope->wire.empty());
    EXPECT_FALSE(envelope->receipt.empty());
    EXPECT_EQ(transaction.cases().by_number("临KSGX-613S").value()->state, "correction_needed");
    EXPECT_EQ(transaction.ratings().all().value().at(0).level, "dissatisfied");
  });
}

TEST_F(FromVersion1, EventsHaveTheTimeTheirBytesSay) {
  must_read([](Transaction& transaction) {
    const auto events = transaction.cases().events("WJ20261128000003").value();
    ASSERT_EQ(events.size(), 2U);
    for (const auto& event : events) EXPECT_EQ(event.at.time_since_epoch().count(), 1'795'867'405'929) << event.body;
  });
}

TEST_F(FromVersion1, KioskHasItsOneKey) {
  must_read([](Transaction& transaction) {
    const auto keys = transaction.kiosks().keys(support::kVersion1Kiosk).value();
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].device_key, "d0d4aaa12c7fddde666047f2d7976a9b1446536beb6214cf9dd03b779cf4823e");
    EXPECT_EQ(keys[0].ended_at, std::nullopt);
    const auto owner = transaction.kiosks().by_token(keys[0].token_hash).value();
    EXPECT_EQ(owner->kiosk.id, support::kVersion1Kiosk);
    EXPECT_EQ(owner->kiosk.name, "测试机");
    EXPECT_EQ(owner->kiosk.revoked_at, std::nullopt);
  });
}

TEST_F(FromVersion1, NothingOfABodyStaysReadable) {
  for (const char* word : {"张三", "11010519491231002X", "开店", "等了很久"})
    EXPECT_EQ(everything().find(word), std::string::npos) << word;
}

TEST_F(FromVersion1, NumbersGoOnBehindThoseThatWereGiven) {
  ASSERT_TRUE(store->write([](Transaction& transaction) -> base::Result<void> {
    EXPECT_GT(transaction.numbers().next("case/2026-11-28").value(), 3U);
    return {};
  }));
}

TEST_F(FromVersion1, BlobsOfItsEnvelopesAreKnown) {
  must_read([](Transaction& transaction) {
    std::vector<std::string> blobs;
    ASSERT_TRUE(transaction.attachments().each([&](const BlobRow& row) -> base::Result<void> {
      EXPECT_GT(row.size, 0U);
      blobs.push_back(row.sha256);
      return {};
    }));
    EXPECT_EQ(blobs, (std::vector<std::string>{"129bf91e8d4c217f232d8e61449f15ee9d4ed4570700bfd568c82e86a062737a",
                                               "887257b8912f5d07e14ca3146a638049612b992fd67f57d3b25dfad4936bf5c8",
                                               "cf75e6128cde9c64782d9f1731c6a1e47888037f8aeb11db4b86c3f2c44a87ea"}));
    EXPECT_TRUE(transaction.attachments().are_all_known().value());
    EXPECT_EQ(transaction.attachments().referred(blobs, support::kVersion1Kiosk).value().size(), 3U);
  });
}

TEST(FromVersion1WithDamage, AnEnvelopeThatDoesNotReadMayReferToAnything) {
  const support::ScratchDirectory folder;
  support::lay_out_version_1(folder / "data");
  const auto file = folder / "data/central.db";
  {
    auto beside = sqlite::Connection::open(file, {.name = "beside", .missing = sqlite::Missing::refuse}).value();
    ASSERT_TRUE(beside.execute("UPDATE envelope SET wire = '{' WHERE kind = 'rating'"));
  }
  const auto store = open_sqlite_store(file, OpenMode::existing).value();
  ASSERT_TRUE(store->read([](Transaction& transaction) -> base::Result<void> {
    EXPECT_FALSE(transaction.attachments().are_all_known().value());
    return {};
  }));
}

TEST_F(FromVersion1, ReferencesStillHold) {
  EXPECT_FALSE(store->write([](Transaction& transaction) {
    return transaction.kiosks().add_key({.kiosk = "nobody",
                                         .device_key = "d",
                                         .token_hash = "t",
                                         .valid_from = {},
                                         .ended_at = std::nullopt,
                                         .ended_why = ""});
  }));
}

}  // namespace
}  // namespace bangwu::store
