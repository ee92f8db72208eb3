#include "store/work_queue.h"

#include <algorithm>

namespace bangwu::store {
namespace {

constexpr std::size_t kMostInOneCommit = 64;

}  // namespace

base::Result<void> WorkQueue::submit(const Store::Work& work) {
  Waiting waiting{.work = &work, .result = {}};
  std::unique_lock lock(mutex_);
  queue_.push_back(&waiting);
  arrived_.notify_one();
  waiting.finished.wait(lock, [&] { return waiting.done; });
  return waiting.result;
}

WorkQueue::Batch WorkQueue::take(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, stop, [&] { return !queue_.empty(); });
  const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMostInOneCommit));
  Batch batch(queue_.begin(), queue_.begin() + count);
  queue_.erase(queue_.begin(), queue_.begin() + count);
  return batch;
}

void WorkQueue::finish(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  // Under the lock: the caller, whose stack it lies on, cannot go before.
  for (Waiting* waiting : batch) {
    waiting->done = true;
    waiting->finished.notify_one();
  }
}

}  // namespace bangwu::store
