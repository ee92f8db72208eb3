#include "http/attempt_limiter.h"

#include <algorithm>

namespace bangwu::http {
namespace {
constexpr std::size_t kMostKeys = 100000;
}  // namespace

void AttemptLimiter::drop_old(std::vector<base::SteadyTime>& times, base::SteadyTime now) const {
  std::erase_if(times, [&](base::SteadyTime time) { return now - time >= window_; });
}

std::optional<std::chrono::seconds> AttemptLimiter::refused_for(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = wrong_.find(key);
  if (found == wrong_.end()) return std::nullopt;
  const auto now = clock_.steady();
  drop_old(found->second, now);
  if (found->second.size() < most_wrong_) return std::nullopt;
  // The attempt that must fall out of the window before there is room for another.
  const auto oldest = found->second[found->second.size() - most_wrong_];
  return std::chrono::ceil<std::chrono::seconds>(oldest + window_ - now);
}

void AttemptLimiter::note_wrong(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.steady();
  if (wrong_.size() >= kMostKeys) {
    for (auto& [name, times] : wrong_) drop_old(times, now);
    std::erase_if(wrong_, [](const auto& entry) { return entry.second.empty(); });
    // Someone tries many numbers: forgetting is better than running out of memory.
    if (wrong_.size() >= kMostKeys) wrong_.clear();
  }
  auto& times = wrong_[key];
  drop_old(times, now);
  times.push_back(now);  // few: refused attempts are not counted
}

}  // namespace bangwu::http
