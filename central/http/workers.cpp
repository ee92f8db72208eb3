#include "http/workers.h"

#include <exception>

#include "base/log.h"

namespace bangwu::http {
namespace {
constexpr std::size_t kCrowded = 1024;
}  // namespace

Workers::Workers(unsigned count) {
  for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() { finish(); }

void Workers::finish() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_all();
  threads_.clear();
}

void Workers::post(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_) return;  // let go outside of the lock: it may hold the last of something
    jobs_.push_back(std::move(job));
  }
  arrived_.notify_one();
}

bool Workers::is_crowded() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size() >= kCrowded;
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    arrived_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    try {
      job();
      job = nullptr;
    } catch (const std::exception& error) {
      // A library's exception must not end the service; the client sees its connection's time-out.
      base::log(base::LogLevel::error, "work_failed", {{"why", error.what()}});
    }
    lock.lock();
  }
}

}  // namespace bangwu::http
