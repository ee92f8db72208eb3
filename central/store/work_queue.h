#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <vector>

#include "store/store.h"

namespace bangwu::store {

/// Works that wait for a commit they may share. Thread-safe.
class WorkQueue {
 public:
  /// One of them. Lives on the waiting caller's stack.
  struct Waiting {
    const Store::Work* work;
    base::Result<void> result;
    std::condition_variable finished{};  ///< of its own: a commit wakes those it was for
    bool done = false;
  };
  using Batch = std::vector<Waiting*>;

  /// Blocks until a writer has finished it.
  [[nodiscard]] base::Result<void> submit(const Store::Work& work);
  /// For a writer: the longest waiting, as many as may share a commit; empty when it shall end.
  [[nodiscard]] Batch take(const std::stop_token& stop);
  /// Their results are written.
  void finish(const Batch& batch);

 private:
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::deque<Waiting*> queue_;  ///< guarded by mutex_
};

/// Runs the work on this connection's transaction.
[[nodiscard]] inline base::Result<void> run_over(Sql& sql, Numbers& numbers, const Store::Work& work) {
  Transaction transaction(sql, numbers);
  return work(transaction);
}

}  // namespace bangwu::store
