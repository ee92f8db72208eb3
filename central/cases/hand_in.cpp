#include "cases/hand_in.h"

#include <algorithm>

namespace bangwu::cases {
namespace {
constexpr std::chrono::minutes kClocksDiffer{5};
}  // namespace

HandIn judge_hand_in(base::SystemTime handed_in_at, base::SystemTime received_at, const HandInRule& rule) {
  const HandIn arrival{base::china_date(received_at)};
  if (rule.runs_from == RunsFrom::arrival) return arrival;
  const bool is_believed =
      handed_in_at <= received_at + kClocksDiffer && handed_in_at >= received_at - rule.longest_delay;
  if (!is_believed) return {arrival.on, HandIn::Time::doubtful};
  return {base::china_date(std::min(handed_in_at, received_at))};
}

}  // namespace bangwu::cases
