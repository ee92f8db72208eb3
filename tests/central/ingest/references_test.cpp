#include "ingest/references.h"

#include <gtest/gtest.h>

#include "envelope/envelope.h"
#include "support/scratch_directory.h"

namespace bangwu::ingest {
namespace {

using std::chrono::hours;

/// A store with one kiosk, and a folder of blobs.
class References : public testing::Test {
 protected:
  References() {
    const auto kiosk = store_->write([](store::Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = "k-1", .name = "一号机", .enrolled_at = {}, .revoked_at = {}, .revoked_why = {}});
    });
    if (!kiosk) throw std::runtime_error(kiosk.error().detail);
  }
  blobs::BlobRef put(std::uint8_t seed) { return blobs_.put(base::Bytes(1000, seed)).value(); }
  void add(const std::string& id, const std::string& wire, std::span<const store::BlobRow> blobs) {
    const auto added = store_->write([&](store::Transaction& transaction) {
      const store::EnvelopeRow row{.id = id,
                                   .kiosk = "k-1",
                                   .sequence = ++sequence_,
                                   .kind = "submission",
                                   .format = 1,
                                   .manifest_hash = std::string(64, 'a'),
                                   .content_hash = std::nullopt,
                                   .received_at = arrival_,
                                   .depends_on = std::nullopt,
                                   .wire = wire,
                                   .receipt = "{}"};
      return transaction.envelopes().add(row, blobs);
    });
    ASSERT_TRUE(added) << added.error().detail;
  }
  void refer_to(const blobs::BlobRef& blob) {
    envelope::Envelope made;
    made.id = base::make_uuid_v7(clock_.now(), random_);
    made.kind = envelope::Kind::submission;
    made.kiosk = "k-1";
    made.sequence = 1;
    made.created_at = clock_.now();
    made.sealed_key = base::Bytes(80, 1);
    made.body = base::Bytes(80, 1);
    made.signature = base::Bytes(64, 1);
    made.attachments = {{blob.sha256, blob.size, "image/jpeg", "material"}};
    add(base::to_string(made.id), envelope::to_json(made), {{{blob.sha256, blob.size}}});
  }
  base::Result<std::size_t> collect(base::SystemTime now, hours grace, const std::stop_token& stop = {}) {
    return collect_unreferenced(*store_, blobs_, now, grace, stop);
  }

  support::ScratchDirectory folder_;
  base::RealClock clock_;
  base::KernelRandom random_;
  std::uint64_t sequence_ = 0;
  base::SystemTime arrival_ = clock_.now() + hours(24 * 40);  ///< the blobs of these tests are forty days old by then
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite_store(folder_ / "central.db", store::OpenMode::create).value();
  blobs::BlobStore blobs_ = blobs::BlobStore::open(folder_ / "blobs").value();
};

TEST_F(References, WhatNoEnvelopeRefersToIsCollectedAndNothingElse) {
  const auto used = put(1), unused = put(2);
  refer_to(used);
  EXPECT_EQ(collect(arrival_, hours(24 * 30)), 1U);
  EXPECT_TRUE(blobs_.contains(used));
  EXPECT_FALSE(blobs_.contains(unused));
}

TEST_F(References, WhatIsNewMayStillBeReferredTo) {
  const auto blob = put(1);
  refer_to(put(2));
  EXPECT_EQ(collect(arrival_, hours(24 * 41)), 0U);
  EXPECT_TRUE(blobs_.contains(blob));
}

TEST_F(References, NothingIsOldBecauseTheClockRunsAhead) {
  arrival_ = clock_.now();
  const auto blob = put(1);
  refer_to(put(2));
  EXPECT_EQ(collect(clock_.now() + hours(24 * 400), hours(24 * 30)), 0U);
  EXPECT_TRUE(blobs_.contains(blob));
}

/// An older copy of the database beside the blobs of today: what they belong to is not known here.
TEST_F(References, DatabaseOlderThanTheBlobsRemovesNone) {
  arrival_ = clock_.now() - hours(24 * 40);
  refer_to(put(1));
  const auto blob = put(2);
  EXPECT_EQ(collect(clock_.now() + hours(24 * 31), hours(24 * 30)), 0U);
  EXPECT_TRUE(blobs_.contains(blob));
}

TEST_F(References, DatabaseWithoutAnEnvelopeRemovesNone) {
  const auto blob = put(1);
  EXPECT_EQ(collect(arrival_, hours(1)), 0U);
  EXPECT_TRUE(blobs_.contains(blob));
}

TEST_F(References, CollectingStopsWhenAsked) {
  const auto blob = put(1);
  refer_to(put(2));
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = collect(arrival_, hours(1), stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, base::ErrorCode::cancelled);
  EXPECT_TRUE(blobs_.contains(blob));
}

TEST_F(References, NothingIsCollectedWhileAnEnvelopeDoesNotRead) {
  const auto blob = put(1);
  add("x", "{", {{{.sha256 = "", .size = 0}}});
  EXPECT_FALSE(collect(arrival_, hours(1)));
  EXPECT_TRUE(blobs_.contains(blob));
}

TEST_F(References, OfAKiosksBlobsThoseItUsedAreTold) {
  const auto used = put(1), unused = put(2);
  refer_to(used);
  EXPECT_EQ(referred_by_kiosk(*store_, "k-1", {used.sha256, unused.sha256}), std::vector{used.sha256});
  EXPECT_EQ(referred_by_kiosk(*store_, "k-2", {used.sha256}), std::vector<std::string>{});
}

}  // namespace
}  // namespace bangwu::ingest
