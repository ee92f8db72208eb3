#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <thread>

#include "blobs/blob_store.h"
#include "support/scratch_directory.h"

namespace {

/// The one file whose reading fails.
std::atomic<ino_t> unreadable{0};

}  // namespace

/// Takes the place of libc's for the whole program: pread() of that file says EIO, as a failing disk does.
extern "C" ssize_t pread(int descriptor, void* buffer, std::size_t count, off_t offset) {
  struct stat status {};
  if (unreadable != 0 && ::fstat(descriptor, &status) == 0 && status.st_ino == unreadable) {
    errno = EIO;
    return -1;
  }
  return ::syscall(SYS_pread64, descriptor, buffer, count, offset);
}

namespace bangwu::blobs {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::ErrorCode;
using std::chrono::hours;

ErrorCode code_of(const auto& result) { return result ? ErrorCode::internal : result.error().code; }
base::SystemTime in_an_hour() { return base::RealClock{}.now() + hours(1); }

struct ReadFault {
  explicit ReadFault(const fs::path& file) {
    struct stat status {};
    ::stat(file.c_str(), &status);
    unreadable = status.st_ino;
  }
  ~ReadFault() { unreadable = 0; }
};

class Proof : public testing::Test {
 protected:
  BlobRef put(std::uint8_t seed) { return store_.put(Bytes(5000, seed)).value(); }
  void flip_a_byte(const BlobRef& blob) const {
    std::fstream file(store_.path_of(blob.sha256), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(2500);
    file.put('\x7F');
  }
  BlobStore::Wanted wanting(std::vector<std::string> names) {
    return [this,
            names = std::move(names)](const std::vector<std::string>& asked) -> base::Result<std::vector<std::string>> {
      asked_.insert(asked_.end(), asked.begin(), asked.end());
      return names;
    };
  }
  support::ScratchDirectory folder_;
  BlobStore store_ = BlobStore::open(folder_ / "blobs").value();
  std::vector<std::string> asked_;
};

TEST_F(Proof, WholeBlobIsProven) { EXPECT_TRUE(store_.prove(put(1))); }

TEST_F(Proof, FlippedByteIsDamageThoughThisProcessWroteTheFile) {
  const auto blob = put(1);
  flip_a_byte(blob);
  EXPECT_EQ(code_of(store_.prove(blob)), ErrorCode::corrupt);
}

TEST_F(Proof, MissingBlobAndWholeBlobOfAnotherSizeAreNotThere) {
  const auto blob = put(1);
  EXPECT_EQ(code_of(store_.prove({std::string(64, 'a'), 3})), ErrorCode::not_found);
  EXPECT_EQ(code_of(store_.prove({blob.sha256, 4})), ErrorCode::not_found);
}

TEST_F(Proof, WhatTheDiskCannotReadIsNotCalledDamaged) {
  const auto blob = put(1);
  const ReadFault fault(store_.path_of(blob.sha256));
  EXPECT_EQ(code_of(store_.prove(blob)), ErrorCode::io_failed);
}

TEST_F(Proof, DamagedBlobSetAsideIsKeptForAPersonAndCanBeBroughtAgain) {
  const auto blob = put(1);
  flip_a_byte(blob);
  ASSERT_TRUE(store_.set_aside(blob.sha256));
  EXPECT_FALSE(store_.contains(blob));
  EXPECT_TRUE(fs::exists(folder_ / "blobs" / "damaged" / blob.sha256));
  EXPECT_EQ(put(1), blob);
  EXPECT_TRUE(store_.prove(blob));
}

TEST_F(Proof, CollectRemovesWhatNobodyWantsAndKeepsTheRest) {
  const auto wanted = put(1), unwanted = put(2);
  EXPECT_EQ(store_.collect(in_an_hour(), wanting({wanted.sha256})), 1U);
  EXPECT_TRUE(store_.contains(wanted));
  EXPECT_FALSE(store_.contains(unwanted));
}

TEST_F(Proof, CollectDoesNotEvenAskForWhatIsNew) {
  put(1);
  EXPECT_EQ(store_.collect(base::RealClock{}.now() - hours(1), wanting({})), 0U);
  EXPECT_TRUE(asked_.empty());
}

TEST_F(Proof, CollectRemovesNothingWhenItCannotLearnWhatIsWanted) {
  const auto blob = put(1);
  const auto failing = [](const std::vector<std::string>&) -> base::Result<std::vector<std::string>> {
    return base::fail(ErrorCode::busy, "");
  };
  EXPECT_EQ(code_of(store_.collect(in_an_hour(), failing)), ErrorCode::busy);
  EXPECT_TRUE(store_.contains(blob));
}

TEST_F(Proof, CollectStopsWhenAsked) {
  const auto blob = put(1);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(code_of(store_.collect(in_an_hour(), wanting({}), stop.get_token())), ErrorCode::cancelled);
  EXPECT_TRUE(store_.contains(blob));
}

TEST_F(Proof, CollectWaitsForWhoIsAboutToRefer) {
  const auto blob = put(1);
  auto held = std::make_optional(store_.hold().value());
  std::atomic<bool> is_referred_to = false;
  std::jthread collector([&] {
    const auto wanted = [&](const std::vector<std::string>& asked) -> base::Result<std::vector<std::string>> {
      return is_referred_to ? asked : std::vector<std::string>{};
    };
    EXPECT_EQ(store_.collect(in_an_hour(), wanted), 0U);
  });
  ASSERT_TRUE(store_.prove(blob));
  std::this_thread::yield();
  is_referred_to = true;
  held.reset();
  collector.join();
  EXPECT_TRUE(store_.contains(blob));
}

}  // namespace
}  // namespace bangwu::blobs
