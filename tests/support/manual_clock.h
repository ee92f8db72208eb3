#pragma once
#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace bangwu::support {

/// Time as a test says. Both clocks go on together; the wall clock alone may jump. Thread-safe.
class ManualClock final : public base::Clock {
 public:
  explicit ManualClock(base::SystemTime now = base::SystemTime{std::chrono::sys_days{std::chrono::year{2026} / 11 /
                                                                                     23}})
      : now_(now.time_since_epoch().count()) {}
  [[nodiscard]] base::SystemTime now() const override { return base::SystemTime{std::chrono::milliseconds{now_}}; }
  [[nodiscard]] base::SteadyTime steady() const override {
    return base::SteadyTime{std::chrono::milliseconds{steady_}};
  }
  void advance(std::chrono::milliseconds by) {
    now_ += by.count();
    steady_ += by.count();
  }
  void jump_wall_clock(std::chrono::milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_, steady_{1'000'000};
};

}  // namespace bangwu::support
