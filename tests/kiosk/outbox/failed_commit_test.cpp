#include <dlfcn.h>
#include <sys/file.h>

#include <functional>
#include <utility>

#include "desk.h"
#include "sqlite/connection.h"
#include "sqlite/transaction.h"
#include "support/failing_sync.h"

namespace {

/// Called before a lock is asked for: what others do at that moment.
std::function<void(int operation)> others;

}  // namespace

extern "C" int flock(int file, int operation) {
  if (auto act = std::exchange(others, {})) {
    act(operation);
    if (!others) others = std::move(act);
  }
  return reinterpret_cast<int (*)(int, int)>(::dlsym(RTLD_NEXT, "flock"))(file, operation);
}

namespace bangwu::outbox {
namespace {

using base::ErrorCode;

class FailedCommit : public Desk {
 protected:
  void SetUp() override { accept(draft_of(1)); }
  void TearDown() override {
    support::heal_syncs();
    others = {};
  }
  /// What a restart finds, with every connection of before gone.
  bool is_there_after_a_restart(int n) {
    support::heal_syncs();
    reopen();
    return outbox().show(id_of(n)).has_value();
  }
};

TEST_F(FailedCommit, OneFailureIsAnAcceptanceAllTheSame) {
  support::fail_syncs(1);
  const auto accepted = outbox().accept(draft_of(2), kNow);
  ASSERT_TRUE(accepted) << accepted.error().detail;
  EXPECT_EQ(support::failures_left(), 0) << "none failed";
  EXPECT_TRUE(is_there_after_a_restart(2));
  EXPECT_EQ(outbox().counts()->ready, 2U);
}

TEST_F(FailedCommit, OneFailureIsAnAcceptanceAlsoBesideAnotherConnection) {
  auto courier = open_as("k-1");
  support::fail_syncs(1);
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
      support::fail_syncs(count, first);
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

// It is on its way to central: whoever is told that it is not stored hands it in twice.
TEST_F(FailedCommit, WhatTheCourierHasTakenMeanwhileIsAccepted) {
  (void)lease();  // the first
  auto courier = std::move(*open_as("k-1"));
  auto writer = std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite", {.name = "outbox database"}));
  std::optional<sqlite::Transaction> writing;
  bool is_taken = false;
  others = [&](int operation) {
    if ((operation & LOCK_EX) != 0 && !is_taken) {  // the log is to be emptied, and is in use just then
      is_taken = courier.lease_next(kNow, kLeaseTime).value().has_value();
      writing.emplace(std::move(*sqlite::Transaction::begin(writer)));
    } else if ((operation & LOCK_SH) != 0) {
      writing.reset();
    }
  };
  support::fail_syncs(1);
  const auto accepted = outbox().accept(draft_of(2), kNow);
  ASSERT_TRUE(is_taken);
  ASSERT_TRUE(accepted) << accepted.error().detail;
  EXPECT_EQ(accepted->sequence, outbox().show(id_of(2))->entry.sequence);
  others = {};
  EXPECT_TRUE(is_there_after_a_restart(2));
}

// A power cut between two commits looks alike: what waits for a dead item would wait for ever.
TEST_F(FailedCommit, ADeadItemAndWhatWaitedForItChangeTogether) {
  for (int first = 0; first < 3; ++first) {
    SCOPED_TRACE(first);
    const int number = 10 + 2 * first;
    accept(draft_of(number, 50));  // the smallest
    auto dependant = draft_of(number + 1, 60);
    dependant.depends_on = id_of(number);
    accept(dependant);
    const auto parcel = lease();
    ASSERT_EQ(parcel.lease.id, id_of(number));
    support::fail_syncs(1, first);
    (void)outbox().bury(parcel.lease, Reason::refused);
    const bool is_dead = std::holds_alternative<Dead>(outbox().show(id_of(number))->entry.state);
    EXPECT_EQ(outbox().show(id_of(number + 1))->entry.is_blocked, !is_dead);
    support::heal_syncs();
    (void)outbox().bury(parcel.lease, Reason::refused);
    EXPECT_EQ(lease().lease.id, id_of(number + 1));
  }
}

TEST_F(FailedCommit, ADiskThatFailsHasNoRoom) {
  support::fail_syncs(-1);
  EXPECT_FALSE(outbox().has_room(1));
}

}  // namespace
}  // namespace bangwu::outbox
