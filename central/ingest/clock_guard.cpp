#include "ingest/clock_guard.h"

#include <algorithm>

#include "base/date.h"

namespace bangwu::ingest {
namespace {
constexpr std::chrono::minutes kStepBack{10};  // what a correction by the network's time may take back
}  // namespace

base::Result<void> ClockGuard::check(base::SystemTime now, std::optional<base::SystemTime> latest) const {
  const auto wrong = [&](const std::string& why) {
    return base::fail(base::ErrorCode::unavailable, "the central service's clock says " + base::to_hall_time(now) +
                                                        ", " + why + ": set the clock; until then nothing is numbered");
  };
  if (now < built_) return wrong("before this program was built, " + base::to_hall_time(built_));
  if (latest && now < *latest - kStepBack)
    return wrong("before the last envelope was stored, " + base::to_hall_time(*latest));
  const auto known = std::max(built_, latest.value_or(built_));
  if (now > known + furthest_leap_)
    return wrong("more than " + std::to_string(furthest_leap_.count()) +
                 " days after anything that is known; if that is so, set clock.furthest_leap_days in central.toml");
  return {};
}

}  // namespace bangwu::ingest
