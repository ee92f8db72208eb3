#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bangwu::http {

/// Threads that may wait for the disk, so that the connections' threads need not. Jobs begin in the order they came.
class Workers {
 public:
  explicit Workers(unsigned count);
  ~Workers();
  /// Waits until all that was posted is done; what is posted from then on is dropped. Not from a worker.
  void finish();
  void post(std::function<void()> job);
  /// True when so much waits that new work should be turned away with 503.
  [[nodiscard]] bool is_crowded() const;

 private:
  void run();
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> jobs_;  ///< guarded by mutex_
  bool ending_ = false;                     ///< guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace bangwu::http
