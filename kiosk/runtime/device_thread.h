#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "capture/cancel_token.h"
#include "runtime/job_queue.h"
#include "runtime/mailbox.h"
#include "runtime/wiping.h"

namespace bangwu::runtime {

/// Names a job from its order to its end; never given twice by one Devices.
using Ticket = std::uint64_t;

/// What is done with a device. Made, used and ended on the device's thread.
template <class Job>
class DeviceHands {
 public:
  virtual ~DeviceHands() = default;
  /// Answers by the mailbox. A job that was cancelled while it waited comes all the same, its token cancelled: whoever
  /// ordered it waits for its end.
  virtual void carry_out(VisitNumber visit, const Job& job, const capture::CancelToken& cancel) = 0;
  /// After this long without a job look_around() is called.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const { return std::chrono::hours{24}; }
  virtual void look_around(const capture::CancelToken&) {}
};

/// A thread of one device: a device that hangs or takes its time holds up its own jobs and nobody else's. Any thread
/// orders and cancels.
template <class Job>
class DeviceThread {
 public:
  using Make = std::function<std::unique_ptr<DeviceHands<Job>>()>;
  /// `make` is called on the new thread: worker processes end with the thread that started them.
  explicit DeviceThread(Make make)
      : thread_([this, make = std::move(make)](const std::stop_token& stop) { run(stop, *make()); }) {}
  /// Cancels what runs and what waits, then joins.
  ~DeviceThread() {
    thread_.request_stop();
    cancel_where([](Ticket, VisitNumber) { return true; });
  }

  void order(Ticket ticket, VisitNumber visit, Job job) {
    auto token = open(ticket, visit);
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
  };

  void run(const std::stop_token& stop, DeviceHands<Job>& hands) {
    while (!stop.stop_requested()) {
      auto ordered = jobs_.take(stop, hands.patience());
      if (stop.stop_requested()) return;
      if (ordered) {
        hands.carry_out(ordered->visit, ordered->job, *ordered->cancel);
        close(ordered->ticket);
      } else {
        hands.look_around(*open(kLookingAround, kNoVisit));
        close(kLookingAround);
      }
      const bool was_ordered = std::exchange(ordered, nullptr) != nullptr;
      wipe_unused_stack();
      if (was_ordered) jobs_.finished();
    }
  }

  Token open(Ticket ticket, VisitNumber visit) {
    const std::lock_guard lock(mutex_);
    auto token = std::make_shared<capture::CancelToken>();
    open_[ticket] = Open{visit, token};
    return token;
  }
  void close(Ticket ticket) {
    const std::lock_guard lock(mutex_);
    open_.erase(ticket);
  }
  template <class Which>
  void cancel_where(const Which& which) {
    const std::lock_guard lock(mutex_);
    for (const auto& [ticket, job] : open_) {
      if (which(ticket, job.visit)) job.cancel->cancel();
    }
  }

  std::mutex mutex_;
  std::map<Ticket, Open> open_;  // guarded by mutex_
  JobQueue<Ordered> jobs_;
  std::jthread thread_;
};

}  // namespace bangwu::runtime
