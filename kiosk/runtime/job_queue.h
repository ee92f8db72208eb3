#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

namespace bangwu::runtime {

/// How far a worker has got: one that has work and whose count stands still for long hangs.
struct SignOfLife {
  std::size_t unfinished = 0;
  std::uint64_t count = 0;  ///< grows with each job finished
};

/// Orders for one worker thread, first in first out. Any thread pushes; one takes. Each job lies on the heap by itself,
/// so that nothing of it is left in the queue's memory once it is done.
template <class Job>
class JobQueue {
 public:
  void push(Job job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::make_unique<Job>(std::move(job)));
      ++unfinished_;
    }
    ready_.notify_one();
  }

  /// Waits for a job until `patience` is over; nothing then, or when a stop was asked for and no job is left.
  [[nodiscard]] std::unique_ptr<Job> take(const std::stop_token& stop, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    ready_.wait_for(lock, stop, patience, [&] { return !jobs_.empty(); });
    if (jobs_.empty()) return nullptr;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
  }

  /// The taken job is done and what came of it is in the mailbox.
  void finished() {
    const std::lock_guard lock(mutex_);
    --unfinished_;
    ++count_;
  }
  [[nodiscard]] SignOfLife sign_of_life() const {
    const std::lock_guard lock(mutex_);
    return {unfinished_, count_};
  }

  /// Nothing waits and nothing is being worked on.
  [[nodiscard]] bool idle() const {
    const std::lock_guard lock(mutex_);
    return unfinished_ == 0;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<std::unique_ptr<Job>> jobs_;  // guarded by mutex_
  std::size_t unfinished_ = 0;             // guarded by mutex_
  std::uint64_t count_ = 0;                // guarded by mutex_
};

}  // namespace bangwu::runtime
