#include "uploads/uploads.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "envelope/keys.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace bangwu::uploads {
namespace {

using base::ErrorCode;

class UploadsTest : public ::testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    uploads.reset();
    uploads = Uploads::open(folder / "uploads", blobs, clock, random, limits).value();
  }
  static base::Bytes some_bytes(std::size_t size) {
    base::Bytes bytes(size);
    base::KernelRandom{}.fill(bytes);
    return bytes;
  }
  Status create(const base::Bytes& bytes) {
    return uploads->create("k", bytes.size(), envelope::sha256_hex(bytes)).value();
  }
  base::Result<Status> write(const Status& upload, std::span<const std::uint8_t> bytes, std::uint64_t offset) {
    auto writer = uploads->write("k", upload.id, offset, bytes.size(), std::nullopt);
    if (!writer) return tl::unexpected(writer.error());
    if (auto appended = writer->append(bytes); !appended) return tl::unexpected(appended.error());
    return writer->finish();
  }
  /// The record says it was written in another boot, as after a power cut.
  void cut_power(const Status& upload) {
    const auto path = folder / ("uploads/" + upload.id + ".record");
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    std::string record = text.str();
    const auto at = record.find("\"boot\":\"") + 8;
    record.replace(at, record.find('"', at) - at, "another-boot");
    std::ofstream(path) << record;
    before_the_cut = std::move(uploads);  // its writers are still alive
    reopen();
  }
  std::uint64_t offset_of(const Status& upload) { return uploads->find("k", upload.id).value().offset; }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder / "uploads"), {}));
  }
  support::ScratchDirectory folder;
  support::ManualClock clock;
  base::KernelRandom random;
  Limits limits;
  blobs::BlobStore blobs = blobs::BlobStore::open(folder / "blobs").value();
  std::unique_ptr<Uploads> before_the_cut, uploads;
};

TEST_F(UploadsTest, WhatComesAtOnceLeavesNothingBesideTheBlob) {
  const auto bytes = some_bytes(1000);
  const auto sha256 = envelope::sha256_hex(bytes);
  const auto upload = uploads->create("k", bytes.size(), sha256, {}, Arrival::at_once).value();
  EXPECT_EQ(write(upload, bytes, 0).value().offset, bytes.size());
  EXPECT_TRUE(blobs.verify({sha256, bytes.size()}));
  EXPECT_EQ(files(), 0U);
  EXPECT_EQ(create(bytes).offset, bytes.size());  // known until it expires
}

TEST_F(UploadsTest, WhatWasToComeAtOnceAndIsRefusedIsNotCounted) {
  const auto bytes = some_bytes(1000);
  limits.most_open_per_kiosk = 1;
  reopen();
  const auto begin = [&] { return uploads->create("k", bytes.size(), {}, {}, Arrival::at_once); };
  const auto upload = begin().value();
  EXPECT_FALSE(uploads->write("k", upload.id, 0, bytes.size() + 1, std::nullopt));
  EXPECT_TRUE(begin()) << "the first is still counted";
}

TEST_F(UploadsTest, CompleteFileThatIsGivenUpIsCountedAsBefore) {
  const auto bytes = some_bytes(1000), more = some_bytes(1000);
  limits.most_files_per_kiosk = 1;
  reopen();
  const auto upload = create(bytes);
  ASSERT_TRUE(write(upload, bytes, 0));
  EXPECT_TRUE(uploads->remove("k", upload.id));
  EXPECT_EQ(uploads->find("k", upload.id).error().code, ErrorCode::not_found);
  const auto next = uploads->create("k", more.size(), envelope::sha256_hex(more));
  ASSERT_FALSE(next) << "it lies in the blob store, and the disk fills";
  EXPECT_EQ(next.error().code, ErrorCode::busy);
}

TEST_F(UploadsTest, FolderThatIsGoneIsAnOutageNotAnUnknownUpload) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  std::filesystem::remove_all(folder / "uploads");
  EXPECT_EQ(write(upload, bytes, 0).error().code, ErrorCode::io_failed);
  std::filesystem::remove_all(folder / "blobs");
  EXPECT_EQ(write(upload, bytes, 0).error().code, ErrorCode::io_failed);
  EXPECT_EQ(uploads->create("k", 10, {}).error().code, ErrorCode::io_failed);
}

TEST_F(UploadsTest, WhatWasToComeAtOnceAndBrokeIsGone) {
  const auto bytes = some_bytes(1000);
  limits.most_open_per_kiosk = 1;
  reopen();
  const auto sha256 = envelope::sha256_hex(bytes);
  const auto begin = [&] { return uploads->create("k", bytes.size(), sha256, {}, Arrival::at_once); };
  const auto upload = begin().value();
  auto writer = uploads->write("k", upload.id, 0, bytes.size(), std::nullopt).value();
  ASSERT_TRUE(writer.append(std::span(bytes).first(400)));
  writer.interrupt();
  EXPECT_EQ(uploads->find("k", upload.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(files(), 0U);
  EXPECT_TRUE(begin());  // it does not count as open
}

TEST_F(UploadsTest, UnfinishedUploadExpiresAndItsBytesGo) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  ASSERT_TRUE(write(upload, std::span(bytes).first(500), 0));
  clock.advance(std::chrono::hours(23));
  EXPECT_EQ(uploads->expire(), 0U);
  EXPECT_EQ(offset_of(upload), 500U);
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(uploads->find("k", upload.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(uploads->expire(), 1U);
  EXPECT_EQ(files(), 0U);
}

TEST_F(UploadsTest, PieceMovesTheExpiry) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  clock.advance(std::chrono::hours(20));
  ASSERT_TRUE(write(upload, std::span(bytes).first(500), 0));
  clock.advance(std::chrono::hours(20));
  EXPECT_EQ(offset_of(upload), 500U);
}

TEST_F(UploadsTest, ExpiredUploadIsNotTakenUpAgainAfterARestart) {
  create(some_bytes(1000));
  clock.advance(std::chrono::hours(25));
  reopen();
  EXPECT_EQ(files(), 0U);
}

TEST_F(UploadsTest, AfterAPowerCutOnlyWhatWasSyncedCounts) {
  const auto bytes = some_bytes(3'000'000);
  const std::span<const std::uint8_t> all = bytes;
  const auto upload = create(bytes);
  ASSERT_TRUE(write(upload, all.first(1'000'000), 0));
  auto writer = uploads->write("k", upload.id, 1'000'000, 2'000'000, std::nullopt).value();
  ASSERT_TRUE(writer.append(all.subspan(1'000'000, 1'500'000)));
  // The writer is still at work when the power goes: what it wrote is longer than what was synced.
  cut_power(upload);
  EXPECT_EQ(offset_of(upload), 1'000'000U);
  EXPECT_EQ(std::filesystem::file_size(folder / ("uploads/" + upload.id + ".part")), 1'000'000U);
  ASSERT_TRUE(write(upload, all.subspan(1'000'000), 1'000'000));
  EXPECT_TRUE(blobs.verify({envelope::sha256_hex(bytes), bytes.size()}));
}

TEST_F(UploadsTest, RecordTornByAPowerCutIsAnUploadThatNeverWas) {
  const auto upload = create(some_bytes(1000));
  std::ofstream(folder / ("uploads/" + upload.id + ".record")) << "{\"kio";
  std::ofstream(folder / "uploads/stray.part") << "bytes";
  reopen();
  EXPECT_EQ(uploads->find("k", upload.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(files(), 0U);
}

TEST_F(UploadsTest, KilledBetweenLastByteAndBlobStoreIsCompletedAtTheNextStart) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  std::ofstream(folder / ("uploads/" + upload.id + ".part"), std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), 1000);
  reopen();
  EXPECT_EQ(offset_of(upload), 1000U);
  EXPECT_TRUE(blobs.verify({envelope::sha256_hex(bytes), 1000}));
}

TEST_F(UploadsTest, KilledBetweenBlobStoreAndAnswerIsKnownToBeComplete) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  ASSERT_TRUE(blobs.put(bytes));
  reopen();
  EXPECT_EQ(offset_of(upload), 1000U);
}

TEST_F(UploadsTest, DamagedWholeFileIsBegunAnewAfterARestart) {
  const auto upload = create(some_bytes(1000));
  std::ofstream(folder / ("uploads/" + upload.id + ".part")) << std::string(1000, 'x');
  reopen();
  EXPECT_EQ(offset_of(upload), 0U);
}

TEST_F(UploadsTest, WriterThatIsLetGoKeepsWhatCame) {
  const auto bytes = some_bytes(3'000'000);
  const auto upload = create(bytes);
  {
    auto writer = uploads->write("k", upload.id, 0, bytes.size(), std::nullopt).value();
    ASSERT_TRUE(writer.append(std::span(bytes).first(2'000'000)));
    EXPECT_EQ(uploads->find("k", upload.id).value().offset, 0U) << "not before it is on the disk";
    EXPECT_EQ(uploads->remove("k", upload.id).error().code, ErrorCode::busy);
  }
  EXPECT_EQ(offset_of(upload), 2'000'000U);
}

TEST_F(UploadsTest, InterruptedPieceWithAChecksumIsDropped) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  {
    auto writer = uploads->write("k", upload.id, 0, 1000, Checksum{ChecksumKind::sha1, "00"}).value();
    ASSERT_TRUE(writer.append(std::span(bytes).first(300)));
  }
  EXPECT_EQ(offset_of(upload), 0U);
}

TEST_F(UploadsTest, MoreThanAnnouncedIsNotWritten) {
  const auto bytes = some_bytes(1000);
  const auto upload = create(bytes);
  EXPECT_EQ(uploads->write("k", upload.id, 0, 1001, std::nullopt).error().code, ErrorCode::invalid_input);
  auto writer = uploads->write("k", upload.id, 0, 100, std::nullopt).value();
  EXPECT_EQ(writer.append(std::span(bytes).first(101)).error().code, ErrorCode::invalid_input);
}

TEST_F(UploadsTest, DiskWithTooLittleRoomTakesNothing) {
  limits.keep_free_bytes = 1ULL << 60;
  reopen();
  EXPECT_EQ(uploads->create("k", 10, "").error().code, ErrorCode::disk_full);
  EXPECT_EQ(files(), 0U);
}

}  // namespace
}  // namespace bangwu::uploads
