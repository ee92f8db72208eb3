#include "runtime/device_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>

#include "inbox.h"
#include "runtime/watchdog.h"

namespace bangwu::runtime {
namespace {

using domain::PageFault;

constexpr VisitNumber kVisit = 7;
constexpr std::chrono::milliseconds kEach{5};

/// A stick whose file system does not return, until it is pulled out.
class HangingStick {
 public:
  void hang() {
    std::unique_lock lock(mutex_);
    is_hanging_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_pulled_out_; });
  }
  void await_hanging() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_hanging_; });
  }
  void pull_out() {
    const std::lock_guard lock(mutex_);
    is_pulled_out_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_hanging_ = false, is_pulled_out_ = false;  // guarded by mutex_
};

/// Imports hang, lists come at once.
class Hands final : public DeviceHands<StickJob> {
 public:
  Hands(HangingStick& stick, Mailbox& mailbox) : stick_(stick), mailbox_(mailbox) {}
  void carry_out(VisitNumber visit, const StickJob& job, const capture::CancelToken& cancel) override {
    if (std::holds_alternative<ImportJob>(job)) stick_.hang();
    if (std::holds_alternative<ListFilesJob>(job) && !cancel.is_cancelled())
      mailbox_.post(visit, session::FilesListed{.files = {}, .medium_present = true});
  }

 private:
  HangingStick& stick_;
  Mailbox& mailbox_;
};

/// Takes as long as it likes, and looks all the while whether it is still wanted.
class SlowHands final : public DeviceHands<StickJob> {
 public:
  void carry_out(VisitNumber, const StickJob&, const capture::CancelToken& cancel) override {
    while (!cancel.is_cancelled()) std::this_thread::yield();
  }
};

class DeviceThreads : public testing::Test {
 protected:
  [[nodiscard]] Watched watched(DeviceThread<StickJob>& thread, int patience = 4) {
    return watched_device("sticks", thread, session::MachineFault::sticks_stuck, inbox_.mailbox(), patience);
  }
  HangingStick stick_;
  Inbox inbox_;
};

TEST_F(DeviceThreads, AStickThatHangsIsGivenUpAndTheVisitGoesOn) {
  DeviceThread<StickJob> thread([&] { return std::make_unique<Hands>(stick_, inbox_.mailbox()); }, inbox_.mailbox());
  thread.order(1, kVisit, ImportJob{.file = 1});
  stick_.await_hanging();
  thread.order(2, kVisit, ListFilesJob{});  // waits behind it
  auto watchdog = start_watchdog(
      {watched(thread)}, [] {}, kEach);
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::internal) << "who waits for it is told";
  EXPECT_FALSE(inbox_.await<session::FilesListed>().medium_present);
  EXPECT_EQ(inbox_.await<session::FaultFound>(), session::FaultFound{session::MachineFault::sticks_stuck});
  thread.order(3, kVisit, ImportJob{.file = 2});
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::internal) << "at once";
  stick_.pull_out();
  EXPECT_EQ(inbox_.await<session::FaultGone>(), session::FaultGone{session::MachineFault::sticks_stuck});
  thread.order(4, kVisit, ListFilesJob{});
  EXPECT_TRUE(inbox_.await<session::FilesListed>().medium_present) << "it works again";
}

TEST_F(DeviceThreads, OneThatTakesLongAndCanBeStoppedDoesNotHang) {
  DeviceThread<StickJob> thread([] { return std::make_unique<SlowHands>(); }, inbox_.mailbox());
  thread.order(1, kVisit, ImportJob{.file = 1});
  std::atomic<int> looks = 0;
  std::promise<void> looked_often;
  auto slow = watched(thread, 200);
  slow.look = [&, look = slow.look] {
    if (++looks == 250) looked_often.set_value();
    return look();
  };
  const auto watchdog = start_watchdog(
      {std::move(slow)}, [] {}, kEach);
  looked_often.get_future().wait();
  EXPECT_FALSE(thread.is_given_up());
}

}  // namespace
}  // namespace bangwu::runtime
