#pragma once
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/clock.h"

namespace bangwu::http {

/// Lets some lines of one kind through and counts the rest, so that strangers cannot fill the disk through the log.
/// Thread-safe.
class LogValve {
 public:
  LogValve(unsigned most, std::chrono::milliseconds period) : most_(most), period_(period) {}
  /// How many were held back since the last one that went through; nothing if this one is to be held back.
  [[nodiscard]] std::optional<std::uint64_t> let_through(base::SteadyTime now);

 private:
  const unsigned most_;
  const std::chrono::milliseconds period_;
  std::mutex mutex_;
  base::SteadyTime began_{};  ///< guarded by mutex_, as are all below
  unsigned in_period_ = 0;
  std::uint64_t held_back_ = 0;
};

}  // namespace bangwu::http
