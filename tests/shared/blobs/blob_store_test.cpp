#include "blobs/blob_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <fstream>

#include "support/scratch_directory.h"

namespace bangwu::blobs {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::ErrorCode;

ErrorCode code_of(const auto& result) { return result ? ErrorCode::internal : result.error().code; }

class Blobs : public testing::Test {
 protected:
  static Bytes page(std::size_t size, std::uint8_t seed) { return Bytes(size, seed); }
  BlobRef put(const Bytes& bytes) { return store_.put(bytes).value(); }
  fs::path write(const std::string& name, const Bytes& bytes) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path;
  }
  /// Changes one byte, keeping the size.
  void damage(const BlobRef& blob) {
    std::fstream file(store_.path_of(blob.sha256), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(blob.size / 2));
    file.put('\x7F');
  }
  [[nodiscard]] bool nothing_is_incoming() const { return fs::is_empty(folder_ / "blobs" / "incoming"); }

  support::ScratchDirectory folder_;
  BlobStore store_ = BlobStore::open(folder_ / "blobs").value();
};

TEST_F(Blobs, PutIsNamedByItsSha256AndReadBack) {
  const Bytes abc{'a', 'b', 'c'};
  const auto blob = put(abc);
  EXPECT_EQ(blob, (BlobRef{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3}));
  EXPECT_EQ(store_.read(blob.sha256), abc);
  EXPECT_TRUE(store_.contains(blob));
  EXPECT_TRUE(store_.verify(blob));
  EXPECT_FALSE(store_.contains({blob.sha256, 4}));
  EXPECT_TRUE(nothing_is_incoming());
}

TEST_F(Blobs, AreThereForAnotherStoreOnTheSameFolder) {
  const auto blob = put(page(1000, 1));
  const auto other = BlobStore::open(folder_ / "blobs");
  ASSERT_TRUE(other);
  EXPECT_TRUE(other->verify(blob));
}

TEST_F(Blobs, PutTwiceIsOneFile) {
  const auto blob = put(page(1000, 1));
  EXPECT_EQ(put(page(1000, 1)), blob);
  EXPECT_TRUE(store_.verify(blob));
  EXPECT_TRUE(nothing_is_incoming());
}

TEST_F(Blobs, NothingIsABlobToo) {
  const auto blob = put({});
  EXPECT_TRUE(store_.verify(blob));
  EXPECT_EQ(store_.read(blob.sha256), Bytes{});
}

TEST_F(Blobs, WhatCannotBeMovedInLeavesNothing) {
  const Bytes abc{'a', 'b', 'c'};
  write("blobs/ba", {1});  // a file where the folder of that blob would be
  EXPECT_FALSE(store_.put(abc));
  EXPECT_TRUE(nothing_is_incoming());
}

TEST_F(Blobs, DamagedFileIsFound) {
  const auto blob = put(page(1000, 1));
  damage(blob);
  EXPECT_EQ(code_of(store_.verify(blob)), ErrorCode::corrupt);
  EXPECT_EQ(code_of(store_.verify_unless_fresh(blob)), ErrorCode::corrupt);
}

TEST_F(Blobs, CutOffFileIsFound) {
  const auto blob = put(page(1000, 1));
  fs::resize_file(store_.path_of(blob.sha256), 999);
  EXPECT_EQ(code_of(store_.verify(blob)), ErrorCode::corrupt);
  EXPECT_EQ(code_of(store_.verify_unless_fresh(blob)), ErrorCode::corrupt);
  EXPECT_FALSE(store_.contains(blob));
}

TEST_F(Blobs, PutAgainReplacesADamagedFile) {
  const auto blob = put(page(1000, 1));
  damage(blob);
  EXPECT_EQ(put(page(1000, 1)), blob);
  EXPECT_TRUE(store_.verify(blob));
}

TEST_F(Blobs, MissingOnesAreNotFound) {
  const BlobRef none{std::string(64, 'a'), 1};
  EXPECT_EQ(code_of(store_.verify(none)), ErrorCode::not_found);
  EXPECT_EQ(code_of(store_.verify_unless_fresh(none)), ErrorCode::not_found);
  EXPECT_EQ(code_of(store_.read(none.sha256)), ErrorCode::not_found);
}

TEST_F(Blobs, NamesThatAreNoHashAreRefused) {
  for (const std::string name : {"", "..", "../../etc/passwd", "abc"}) {
    EXPECT_EQ(code_of(store_.read(name)), ErrorCode::invalid_input) << name;
    EXPECT_EQ(code_of(store_.remove(name)), ErrorCode::invalid_input) << name;
    EXPECT_EQ(code_of(store_.verify({name, 1})), ErrorCode::invalid_input) << name;
    EXPECT_FALSE(store_.contains({name, 1})) << name;
  }
  EXPECT_EQ(code_of(store_.read(std::string(64, 'A'))), ErrorCode::invalid_input);
}

TEST_F(Blobs, AdoptMovesAWholeFileIn) {
  const auto expected = put(page(700, 4));
  ASSERT_TRUE(store_.remove(expected.sha256));
  const auto file = write("upload", page(700, 4));
  ASSERT_TRUE(store_.adopt(file, expected));
  EXPECT_FALSE(fs::exists(file));
  EXPECT_TRUE(store_.verify(expected));
  const auto again = write("upload", page(700, 4));  // there already: taken, one copy kept
  ASSERT_TRUE(store_.adopt(again, expected));
  EXPECT_FALSE(fs::exists(again));
}

TEST_F(Blobs, AdoptLeavesAFileThatIsNotWhatIsExpected) {
  const auto expected = put(page(700, 4));
  ASSERT_TRUE(store_.remove(expected.sha256));
  for (const auto& wrong : {page(700, 5), page(699, 4)}) {
    const auto file = write("upload", wrong);
    EXPECT_EQ(code_of(store_.adopt(file, expected)), ErrorCode::corrupt);
    EXPECT_TRUE(fs::exists(file));
    EXPECT_FALSE(store_.contains(expected));
  }
  EXPECT_EQ(code_of(store_.adopt(folder_ / "none", expected)), ErrorCode::not_found);
}

TEST_F(Blobs, RemoveTakesOneAndTwiceIsNoError) {
  const auto gone = put(page(10, 1));
  const auto kept = put(page(10, 2));
  EXPECT_TRUE(store_.remove(gone.sha256));
  EXPECT_TRUE(store_.remove(gone.sha256));
  EXPECT_FALSE(store_.contains(gone));
  EXPECT_TRUE(store_.verify(kept));
}

TEST_F(Blobs, RemoveAllTakesThoseNamedOnly) {
  const auto first = put(page(10, 1));
  const auto second = put(page(10, 2));
  const auto kept = put(page(10, 3));
  const std::array names{first.sha256, second.sha256};
  EXPECT_TRUE(store_.remove_all(names));
  EXPECT_FALSE(store_.contains(first) || store_.contains(second));
  EXPECT_TRUE(store_.contains(kept));
}

TEST_F(Blobs, SweepLeavesWantedOnesAndRemovesLeftovers) {
  const auto wanted = put(page(10, 1));
  const auto unwanted = put(page(10, 2));
  write("blobs/incoming/left-by-a-crash", page(10, 3));
  const auto removed = store_.sweep([&](std::string_view name) { return name == wanted.sha256; });
  EXPECT_EQ(removed, 2U);
  EXPECT_TRUE(store_.verify(wanted));
  EXPECT_FALSE(store_.contains(unwanted));
  EXPECT_TRUE(nothing_is_incoming());
}

TEST_F(Blobs, SweepLeavesWhatSomeoneIsWritingNow) {
  const auto half = write("blobs/incoming/half-a-page", page(500, 3));
  {
    const base::FileHandle writer{::open(half.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    ASSERT_EQ(::flock(writer.get(), LOCK_SH), 0);  // as put() does
    EXPECT_EQ(store_.sweep([](std::string_view) { return false; }), 0U);
    EXPECT_TRUE(fs::exists(half));
  }
  EXPECT_EQ(store_.sweep([](std::string_view) { return false; }), 1U);
}

TEST_F(Blobs, FreeBytesAreKnown) {
  const auto free = store_.free_bytes();
  ASSERT_TRUE(free);
  EXPECT_GT(*free, 0U);
}

}  // namespace
}  // namespace bangwu::blobs
