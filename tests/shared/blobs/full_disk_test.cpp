#include <gtest/gtest.h>

#include "blobs/blob_store.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::blobs {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::ErrorCode;

class BlobsOnASmallDisk : public testing::Test {
 protected:
  [[nodiscard]] std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(mount_ / "blobs"))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  support::ScratchDirectory mount_;
  support::SmallDisk disk_{mount_.path(), 2U << 20};
  BlobStore store_ = BlobStore::open(mount_ / "blobs").value();
};

TEST_F(BlobsOnASmallDisk, WhatDoesNotFitIsRefusedAndLeavesNothing) {
  const auto kept = store_.put(Bytes(50'000, 1)).value();
  disk_.leave_only(40'000);
  const auto refused = store_.put(Bytes(100'000, 2));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::disk_full);
  EXPECT_EQ(files(), 1U);
  EXPECT_GE(disk_.free_bytes(), 36'000U) << "what was begun gives its room back";
  EXPECT_TRUE(store_.verify(kept));
  EXPECT_TRUE(store_.put(Bytes(20'000, 3))) << "a smaller one still fits";
}

// Each of the writes of a put may be the one that fails: the file, its folder, its name.
TEST_F(BlobsOnASmallDisk, AnyWriteMayBeTheOneThatFails) {
  std::size_t put = 0;
  std::size_t refused = 0;
  for (std::uint64_t room = 0; room <= 40'960; room += 4'096) {
    disk_.leave_only(room);
    const auto blob = store_.put(Bytes(20'000, static_cast<std::uint8_t>(room / 4'096 + 1)));
    if (blob) {
      ++put;
      EXPECT_TRUE(store_.verify(*blob));
    } else {
      ++refused;
      EXPECT_EQ(blob.error().code, ErrorCode::disk_full) << room;
    }
    EXPECT_EQ(files(), put) << room;
  }
  EXPECT_GT(put, 0U);
  EXPECT_GT(refused, 0U);
}

}  // namespace
}  // namespace bangwu::blobs
