#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "capture/cancel_token.h"
#include "runtime/device_jobs.h"
#include "runtime/job_hands.h"
#include "runtime/job_queue.h"
#include "runtime/mailbox.h"
#include "runtime/wiping.h"

namespace bangwu::runtime {

/// Names a job from its order to its end; never given twice by one Devices.
using Ticket = std::uint64_t;

/// A thread of one device: a device that hangs or takes its time holds up its own jobs and nobody else's. Any thread
/// orders and cancels.
///
/// One that hangs for good (a stick's file system that does not return) is given up: whoever waits for it is answered,
/// what is ordered is answered at once, until it moves again. It cannot be ended: its thread lies in the kernel.
template <class Job>
class DeviceThread {
 public:
  using Make = std::function<std::unique_ptr<DeviceHands<Job>>()>;
  /// `make` is called on the new thread: worker processes end with the thread that started them. `mailbox` is borrowed.
  DeviceThread(Make make, Mailbox& mailbox)
      : mailbox_(mailbox),
        thread_([this, make = std::move(make)](const std::stop_token& stop) { run(stop, *make()); }) {}
  /// Cancels what runs and what waits, then joins: never returns while it hangs.
  ~DeviceThread() {
    thread_.request_stop();
    cancel_where([](Ticket, VisitNumber) { return true; });
  }

  void order(Ticket ticket, VisitNumber visit, Job job) {
    auto answer = answer_without(job);
    if (answer && is_given_up()) return mailbox_.post(visit, std::move(*answer));
    auto token = open(ticket, visit, std::move(answer));
    jobs_.push({ticket, visit, std::move(job), std::move(token)});
  }
  /// Whether it runs or waits; without effect on one that has ended.
  void cancel(Ticket ticket) {
    cancel_where([=](Ticket open, VisitNumber) { return open == ticket; });
  }
  void cancel_all_of(VisitNumber visit) {
    cancel_where([=](Ticket open, VisitNumber of) { return of == visit || open == kLookingAround; });
  }
  [[nodiscard]] bool idle() const { return jobs_.idle(); }

  /// For the watchdog: work looks again and again whether it is still wanted.
  [[nodiscard]] SignOfLife sign_of_life() const {
    const std::lock_guard lock(mutex_);
    return {running_ ? 1U : 0U, (steps_ << 32U) + (running_ ? running_->looks() : 0)};
  }
  void give_up() {
    std::map<Ticket, Open> open;
    {
      const std::lock_guard lock(mutex_);
      is_given_up_ = true;
      open = open_;
    }
    for (auto& [ticket, job] : open) {
      job.cancel->cancel();
      if (job.answer) mailbox_.post(job.visit, std::move(*job.answer));
    }
  }
  void take_back() {
    const std::lock_guard lock(mutex_);
    is_given_up_ = false;
  }
  [[nodiscard]] bool is_given_up() const {
    const std::lock_guard lock(mutex_);
    return is_given_up_;
  }

 private:
  static constexpr Ticket kLookingAround = 0;
  // shared: cancel() may still hold it while the job ends
  using Token = std::shared_ptr<capture::CancelToken>;
  struct Ordered {
    Ticket ticket;
    VisitNumber visit;
    Job job;
    Token cancel;
  };
  struct Open {
    VisitNumber visit;
    Token cancel;
    std::optional<session::Message> answer;  ///< should the device be given up
  };

  void run(const std::stop_token& stop, DeviceHands<Job>& hands) {
    while (!stop.stop_requested()) {
      auto ordered = jobs_.take(stop, hands.patience());
      if (stop.stop_requested()) return;
      if (ordered) {
        begin(ordered->cancel);
        hands.carry_out(ordered->visit, ordered->job, *ordered->cancel);
        close(ordered->ticket);
      } else {
        const auto token = open(kLookingAround, kNoVisit, std::nullopt);
        begin(token);
        hands.look_around(*token);
        close(kLookingAround);
      }
      const bool was_ordered = std::exchange(ordered, nullptr) != nullptr;
      wipe_unused_stack();
      if (was_ordered) jobs_.finished();
    }
  }

  Token open(Ticket ticket, VisitNumber visit, std::optional<session::Message> answer) {
    const std::lock_guard lock(mutex_);
    auto token = std::make_shared<capture::CancelToken>();
    open_[ticket] = Open{visit, token, std::move(answer)};
    return token;
  }
  void begin(Token token) {
    const std::lock_guard lock(mutex_);
    running_ = std::move(token);
    ++steps_;
  }
  void close(Ticket ticket) {
    const std::lock_guard lock(mutex_);
    open_.erase(ticket);
    running_.reset();
    ++steps_;
  }
  template <class Which>
  void cancel_where(const Which& which) {
    const std::lock_guard lock(mutex_);
    for (const auto& [ticket, job] : open_) {
      if (which(ticket, job.visit)) job.cancel->cancel();
    }
  }

  Mailbox& mailbox_;
  mutable std::mutex mutex_;
  std::map<Ticket, Open> open_;  // guarded by mutex_
  Token running_;                // guarded by mutex_; what is being done, if anything
  std::uint64_t steps_ = 0;      // guarded by mutex_; counts beginnings and ends
  bool is_given_up_ = false;     // guarded by mutex_
  JobQueue<Ordered> jobs_;
  std::jthread thread_;
};

}  // namespace bangwu::runtime
