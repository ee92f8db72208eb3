#include <gtest/gtest.h>

#include "envelope/keys.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"
#include "uploads/uploads.h"

namespace bangwu::uploads {
namespace {

using base::ErrorCode;

/// Whatever write finds no room, the upload is refused and goes through once there is some.
class FullDisk : public ::testing::TestWithParam<Arrival> {
 protected:
  FullDisk() { limits_.keep_free_bytes = 0; }
  void open() { uploads_ = Uploads::open(mount_ / "uploads", blobs_, clock_, random_, limits_).value(); }

  base::Result<Status> bring(const Status& upload, std::span<const std::uint8_t> all) {
    const auto rest = all.subspan(upload.offset);
    auto writer = uploads_->write("k", upload.id, upload.offset, rest.size(), std::nullopt);
    if (!writer) return tl::unexpected(writer.error());
    if (auto appended = writer->append(rest); !appended) return tl::unexpected(appended.error());
    return writer->finish();
  }
  base::Result<Status> create(std::span<const std::uint8_t> all) {
    return uploads_->create("k", all.size(), envelope::sha256_hex(all), {}, GetParam());
  }
  /// From where it stands; anew if nothing of it was kept.
  void go_on(const base::Result<Status>& created, std::span<const std::uint8_t> all) {
    auto known = created ? uploads_->find("k", created->id) : created;
    if (!known) known = create(all);
    ASSERT_TRUE(known) << known.error().detail;
    if (known->offset == all.size()) return;
    const auto done = bring(*known, all);
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(done->offset, all.size());
  }

  support::ScratchDirectory mount_;
  support::SmallDisk disk_{mount_.path(), 32U << 20};
  support::ManualClock clock_;
  base::KernelRandom random_;
  Limits limits_;
  blobs::BlobStore blobs_ = blobs::BlobStore::open(mount_ / "blobs").value();
  std::unique_ptr<Uploads> uploads_;
};

TEST_P(FullDisk, AnyWriteOfAnUploadMayBeTheOneThatFails) {
  open();
  int whole = 0;
  int refused = 0;
  for (std::uint64_t room = 0; room <= 120'000; room += 4'096) {
    SCOPED_TRACE(room);
    base::Bytes all(60'000);
    random_.fill(all);
    disk_.leave_only(room);
    const auto created = create(all);
    const auto brought = created ? bring(*created, all) : created;
    if (brought) ++whole;
    else EXPECT_EQ(brought.error().code, ErrorCode::disk_full) << brought.error().detail;
    refused += brought ? 0 : 1;
    disk_.leave_only(1U << 20);
    if (room % 32'768 == 0) open();
    go_on(created, all);
    EXPECT_TRUE(blobs_.verify({envelope::sha256_hex(all), all.size()}));
  }
  EXPECT_GT(whole, 0);
  EXPECT_GT(refused, 0);
}

// The room was there when the upload began, and others took it.
TEST_P(FullDisk, FillsWhileTheBytesCome) {
  open();
  base::Bytes all(60'000);
  random_.fill(all);
  const auto created = create(all);
  ASSERT_TRUE(created);
  auto writer = uploads_->write("k", created->id, 0, all.size(), std::nullopt);
  ASSERT_TRUE(writer);
  disk_.leave_only(8'192);
  const auto appended = writer->append(all);
  const auto finished = writer->finish();
  EXPECT_EQ((appended ? finished.error() : appended.error()).code, ErrorCode::disk_full);
  disk_.leave_only(1U << 20);
  go_on(created, all);
  EXPECT_TRUE(blobs_.verify({envelope::sha256_hex(all), all.size()}));
}

INSTANTIATE_TEST_SUITE_P(Each, FullDisk, ::testing::Values(Arrival::in_pieces, Arrival::at_once),
                         [](const auto& each) { return each.param == Arrival::in_pieces ? "InPieces" : "AtOnce"; });

}  // namespace
}  // namespace bangwu::uploads
