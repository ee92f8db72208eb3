#include "http/workers.h"

#include <algorithm>
#include <exception>

#include "base/log.h"

namespace bangwu::http {
namespace {
constexpr std::size_t kCrowded = 1024, kCrowdedByOne = 256;
}  // namespace

Workers::Workers(unsigned count) : most_of_one_(std::max(1U, count / 2)), most_for_more_(count - count / 4) {
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

void Workers::post(const std::string& whom, std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_ && running_ == 0) return;  // let go outside of the lock: it may hold the last of something
    Line& line = lines_[whom];
    line.jobs.push_back(std::move(job));
    ++waiting_;
    if (line.jobs.size() > 1 || line.running >= most_of_one_) return;
    next_.push_back(whom);
  }
  arrived_.notify_one();
}

bool Workers::is_crowded(const std::string& whom) const {
  const std::lock_guard lock(mutex_);
  const auto line = lines_.find(whom);
  return waiting_ >= kCrowded || (line != lines_.end() && line->second.jobs.size() >= kCrowdedByOne);
}

/// With the lock held. The first whose turn it is and for whom a thread may be taken.
std::deque<std::string>::iterator Workers::find_next() {
  if (ending_ || running_ < most_for_more_) return next_.begin();
  return std::ranges::find_if(next_, [this](const std::string& whom) { return lines_[whom].running == 0; });
}

/// With the lock held.
std::function<void()> Workers::begin(std::deque<std::string>::iterator next, std::string& whom) {
  whom = std::move(*next);
  next_.erase(next);
  Line& line = lines_[whom];
  std::function<void()> job = std::move(line.jobs.front());
  line.jobs.pop_front();
  --waiting_;
  ++line.running;
  ++running_;
  if (!line.jobs.empty() && line.running < most_of_one_) next_.push_back(whom);
  return job;
}

/// With the lock held.
void Workers::end(const std::string& whom) {
  --running_;
  const auto line = lines_.find(whom);
  const bool was_held_back = line->second.running-- == most_of_one_ && !line->second.jobs.empty();
  if (was_held_back) next_.push_back(whom);
  if (line->second.running == 0 && line->second.jobs.empty()) lines_.erase(line);
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  std::string whom;
  while (true) {
    arrived_.wait(lock, [this] { return ending_ || find_next() != next_.end(); });
    if (next_.empty()) return;  // what is held back is gone on with by those who work for it
    std::function<void()> job = begin(find_next(), whom);
    const bool has_more = find_next() != next_.end();
    lock.unlock();
    if (has_more) arrived_.notify_one();
    try {
      job();
      job = nullptr;
    } catch (const std::exception& error) {
      // A library's exception must not end the service; the client sees its connection's time-out.
      base::log(base::LogLevel::error, "http.work_failed", {{"why", error.what()}});
    }
    lock.lock();
    end(whom);
  }
}

}  // namespace bangwu::http
