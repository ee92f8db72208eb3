#pragma once
#include <chrono>
#include <optional>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::ingest {

/// Whether the machine's clock may be believed: case numbers and limits are made from it, and both are for ever. Time
/// does not run backwards past what was stored, nor before this program was built, nor a year on in a leap.
/// Thread-safe.
class ClockGuard {
 public:
  explicit ClockGuard(base::SystemTime built, std::chrono::days furthest_leap = std::chrono::days{400})
      : built_(built), furthest_leap_(furthest_leap) {}

  [[nodiscard]] base::SystemTime built() const { return built_; }
  /// `unavailable` says what is wrong with the clock and what to do. `latest`: when the last envelope was stored.
  [[nodiscard]] base::Result<void> check(base::SystemTime now, std::optional<base::SystemTime> latest) const;

 private:
  base::SystemTime built_;
  std::chrono::days furthest_leap_;
};

}  // namespace bangwu::ingest
