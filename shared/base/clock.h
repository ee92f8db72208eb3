#pragma once
#include <chrono>
#include <string>

namespace bangwu::base {

using SystemTime = std::chrono::sys_time<std::chrono::milliseconds>;                               ///< UTC; may jump
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;  ///< never jumps

/// The only way code outside main.cpp learns the time; tests give a manual one. Calls are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual SystemTime now() const = 0;
  [[nodiscard]] virtual SteadyTime steady() const = 0;
};

/// The machine's clocks.
class RealClock final : public Clock {
 public:
  [[nodiscard]] SystemTime now() const override;
  [[nodiscard]] SteadyTime steady() const override;
};

/// "2026-11-23T02:28:03.123Z" (RFC 3339, UTC, always three decimals).
[[nodiscard]] std::string to_rfc3339(SystemTime time);

/// The date in the hall: China Standard Time, UTC+8 without daylight saving since 1991.
[[nodiscard]] std::chrono::year_month_day china_date(SystemTime time);

}  // namespace bangwu::base
