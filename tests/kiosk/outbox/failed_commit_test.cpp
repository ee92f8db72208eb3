#include <dlfcn.h>

#include <atomic>
#include <cerrno>

#include "desk.h"

namespace {

/// How many of the next calls of fdatasync() and fsync() fail; -1: all. Those before `after` succeed.
std::atomic<int> failures{0};
std::atomic<int> after{0};

bool fails_now() {
  if (failures == 0 || after-- > 0) return false;
  if (failures > 0) --failures;
  errno = EIO;
  return true;
}

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

// SQLite finds these before libc's: the disk says that it failed, and nobody knows what it kept.
extern "C" int fdatasync(int file) { return fails_now() ? -1 : real<int (*)(int)>("fdatasync")(file); }
extern "C" int fsync(int file) { return fails_now() ? -1 : real<int (*)(int)>("fsync")(file); }

namespace bangwu::outbox {
namespace {

using base::ErrorCode;

class FailedCommit : public Desk {
 protected:
  void SetUp() override { accept(draft_of(1)); }
  void TearDown() override { failures = 0; }
  static void fail_next(int count, int but_first = 0) {
    after = but_first;
    failures = count;
  }
  /// What a restart finds, with every connection of before gone.
  bool is_there_after_a_restart(int n) {
    failures = 0;
    reopen();
    return outbox().show(id_of(n)).has_value();
  }
};

TEST_F(FailedCommit, OneFailureIsAnAcceptanceAllTheSame) {
  fail_next(1);
  const auto accepted = outbox().accept(draft_of(2), kNow);
  ASSERT_TRUE(accepted) << accepted.error().detail;
  EXPECT_EQ(failures, 0) << "none failed";
  EXPECT_TRUE(is_there_after_a_restart(2));
  EXPECT_EQ(outbox().counts()->ready, 2U);
}

TEST_F(FailedCommit, OneFailureIsAnAcceptanceAlsoBesideAnotherConnection) {
  auto courier = open_as("k-1");
  fail_next(1);
  ASSERT_TRUE(outbox().accept(draft_of(2), kNow));
  EXPECT_EQ(courier->counts()->ready, 2U);
  courier = open_as("k-1");
  EXPECT_TRUE(is_there_after_a_restart(2));
}

// Whatever fails, and for how long: what was refused is not there, what was accepted is; only "unknown" may be either.
TEST_F(FailedCommit, WhatIsToldIsTrueWhicheverSyncsFail) {
  int unknown = 0;
  int number = 1;
  for (int first = 0; first < 8; ++first) {
    for (const int count : {1, 2, 3, 4, 6, -1}) {
      SCOPED_TRACE(std::to_string(first) + ", " + std::to_string(count));
      fail_next(count, first);
      const auto accepted = outbox().accept(draft_of(++number), kNow);
      const bool is_unknown = !accepted && accepted.error().code == ErrorCode::timed_out;
      const bool is_there = is_there_after_a_restart(number);
      if (is_unknown) ++unknown;
      else EXPECT_EQ(is_there, accepted.has_value()) << (accepted ? "" : accepted.error().detail);
      const auto again = outbox().accept(draft_of(number), kNow);
      ASSERT_TRUE(again) << again.error().detail;
      EXPECT_EQ(outbox().counts()->ready, static_cast<std::size_t>(number));
    }
  }
  EXPECT_GT(unknown, 0) << "a disk that fails for good cannot be known";
}

TEST_F(FailedCommit, ADiskThatFailsHasNoRoom) {
  fail_next(-1);
  EXPECT_FALSE(outbox().has_room(1));
}

}  // namespace
}  // namespace bangwu::outbox
