#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

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

/// When the last envelope was stored, as far as the clock of then is believed.
[[nodiscard]] base::Result<std::optional<base::SystemTime>> latest_believed(store::Store& store);

/// A person says that the clock is right now, and was wrong when it noted later times than now: those are believed no
/// more, whatever else they are part of stays. Written in the journal with `actor` and `because`. Returns how many
/// envelopes have such a time. `invalid_input` if the clock is believed already, `unavailable` if it cannot be right:
/// it is before this program was built.
[[nodiscard]] base::Result<std::uint64_t> accept_clock(store::Store& store, const ClockGuard& guard,
                                                       base::SystemTime now, std::string_view actor,
                                                       std::string_view because);

}  // namespace bangwu::ingest
