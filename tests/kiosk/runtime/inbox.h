#pragma once
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "runtime/mailbox.h"

namespace bangwu::runtime {

/// The UI thread's end of the mailbox: waits for what a worker says.
class Inbox {
 public:
  [[nodiscard]] Mailbox& mailbox() { return mailbox_; }

  /// The next message of this kind; what came before it is in `passed`.
  template <class M>
  [[nodiscard]] M await() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (std::chrono::steady_clock::now() < until) {
      for (auto& letter : mailbox_.take_all()) {
        if (auto* message = std::get_if<session::Message>(&letter.content)) waiting_.push_back(std::move(*message));
      }
      while (!waiting_.empty()) {
        session::Message message = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        if (const auto* found = session::fact_in<M>(message)) return *found;
        passed.push_back(std::move(message));
      }
      std::unique_lock lock(mutex_);
      posted_.wait_until(lock, until, [&] { return !mailbox_.empty(); });
    }
    ADD_FAILURE() << "nothing of that kind was said";
    return M{};
  }
  template <class M>
  [[nodiscard]] std::size_t count_passed() const {
    return static_cast<std::size_t>(std::count_if(
        passed.begin(), passed.end(), [](const auto& message) { return session::fact_in<M>(message) != nullptr; }));
  }
  [[nodiscard]] std::thread::id last_poster() {
    const std::lock_guard lock(mutex_);
    return poster_;
  }

  std::vector<session::Message> passed;

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::thread::id poster_;  // guarded by mutex_
  Mailbox mailbox_{[this] {
    const std::lock_guard lock(mutex_);
    poster_ = std::this_thread::get_id();
    posted_.notify_all();
  }};
  std::vector<session::Message> waiting_;
};

}  // namespace bangwu::runtime
