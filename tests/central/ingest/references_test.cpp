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
  void add(const std::string& id, const std::string& wire) {
    const auto added = store_->write([&](store::Transaction& transaction) {
      return transaction.envelopes().add({.id = id,
                                          .kiosk = "k-1",
                                          .sequence = ++sequence_,
                                          .kind = "submission",
                                          .format = 1,
                                          .manifest_hash = std::string(64, 'a'),
                                          .content_hash = std::nullopt,
                                          .received_at = clock_.now(),
                                          .depends_on = std::nullopt,
                                          .wire = wire,
                                          .receipt = "{}"});
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
    add(base::to_string(made.id), envelope::to_json(made));
  }
  [[nodiscard]] base::SystemTime later() const { return clock_.now() + hours(1); }

  support::ScratchDirectory folder_;
  base::RealClock clock_;
  base::KernelRandom random_;
  std::uint64_t sequence_ = 0;
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite_store(folder_ / "central.db", store::OpenMode::create).value();
  blobs::BlobStore blobs_ = blobs::BlobStore::open(folder_ / "blobs").value();
};

TEST_F(References, WhatNoEnvelopeRefersToIsCollectedAndNothingElse) {
  const auto used = put(1), unused = put(2);
  refer_to(used);
  EXPECT_EQ(collect_unreferenced(*store_, blobs_, later()), 1U);
  EXPECT_TRUE(blobs_.contains(used));
  EXPECT_FALSE(blobs_.contains(unused));
}

TEST_F(References, WhatIsNewMayStillBeReferredTo) {
  const auto blob = put(1);
  EXPECT_EQ(collect_unreferenced(*store_, blobs_, clock_.now() - hours(1)), 0U);
  EXPECT_TRUE(blobs_.contains(blob));
}

TEST_F(References, NothingIsCollectedWhileAnEnvelopeDoesNotRead) {
  const auto blob = put(1);
  add("x", "{");
  EXPECT_FALSE(collect_unreferenced(*store_, blobs_, later()));
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
