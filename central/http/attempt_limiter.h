#pragma once
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"

namespace bangwu::http {

/// Counts wrong attempts for a key in a sliding window. Thread-safe; in memory only, bounded.
class AttemptLimiter {
 public:
  AttemptLimiter(const base::Clock& clock, unsigned most_wrong, std::chrono::seconds window)
      : clock_(clock), most_wrong_(most_wrong), window_(window) {}
  /// How long the key is refused, right attempt or wrong; nothing if it may try.
  [[nodiscard]] std::optional<std::chrono::seconds> refused_for(const std::string& key);
  void note_wrong(const std::string& key);

 private:
  void drop_old(std::vector<base::SteadyTime>& times, base::SteadyTime now) const;
  const base::Clock& clock_;
  unsigned most_wrong_;
  std::chrono::seconds window_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<base::SteadyTime>> wrong_;  ///< oldest first; guarded by mutex_
};

}  // namespace bangwu::http
