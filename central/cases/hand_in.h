#pragma once
#include <chrono>

#include "base/clock.h"

namespace bangwu::cases {

/// From when limits run: an applicant must not lose by our network, so from the hand-in at the kiosk, by the kiosk's
/// clock; a hall may decide otherwise.
enum class RunsFrom { hand_in, arrival };

struct HandInRule {
  RunsFrom runs_from = RunsFrom::hand_in;
  std::chrono::days longest_delay{60};  ///< an envelope that says it waited longer is not believed
};

/// The day limits run from, and whether the kiosk's time was believed.
struct HandIn {
  std::chrono::year_month_day on;
  enum class Time { believed, doubtful } time = Time::believed;
  bool operator==(const HandIn&) const = default;
};

/// A time in the future (by more than five minutes, which clocks may differ) or further back than the longest delay
/// cannot be true: the day of arrival counts.
[[nodiscard]] HandIn judge_hand_in(base::SystemTime handed_in_at, base::SystemTime received_at, const HandInRule& rule);

}  // namespace bangwu::cases
