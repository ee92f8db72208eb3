#include "cases/hand_in.h"

#include <gtest/gtest.h>

namespace bangwu::cases {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

// Noon in the hall.
constexpr base::SystemTime kArrival = sys_days{year{2026} / 11 / 23} + 4h;
constexpr HandInRule kRule{RunsFrom::hand_in, std::chrono::days{10}};

TEST(HandIn, LimitsRunFromTheHandInWhateverTheNetworkDid) {
  const auto judged = judge_hand_in(kArrival - std::chrono::days{3}, kArrival, kRule);
  EXPECT_EQ(judged, (HandIn{year{2026} / 11 / 20, HandIn::Time::believed}));
  EXPECT_EQ(judge_hand_in(kArrival, kArrival, kRule).on, year{2026} / 11 / 23);
}

TEST(HandIn, IsADayOfTheHall) {
  // 23:30 in the hall of the 22nd is 15:30 UTC.
  const base::SystemTime late = sys_days{year{2026} / 11 / 22} + 15h + 30min;
  EXPECT_EQ(judge_hand_in(late, kArrival, kRule).on, year{2026} / 11 / 22);
  EXPECT_EQ(judge_hand_in(late + 1h, kArrival, kRule).on, year{2026} / 11 / 23);
}

TEST(HandIn, HallMayDecideForTheArrival) {
  HandInRule rule = kRule;
  rule.runs_from = RunsFrom::arrival;
  EXPECT_EQ(judge_hand_in(kArrival - std::chrono::days{3}, kArrival, rule),
            (HandIn{year{2026} / 11 / 23, HandIn::Time::believed}));
}

TEST(HandIn, TimeThatCannotBeTrueIsNotBelieved) {
  const HandIn doubtful{year{2026} / 11 / 23, HandIn::Time::doubtful};
  EXPECT_EQ(judge_hand_in(base::SystemTime{}, kArrival, kRule), doubtful) << "an empty battery: 1970";
  EXPECT_EQ(judge_hand_in(kArrival + 6min, kArrival, kRule), doubtful) << "the future";
  EXPECT_EQ(judge_hand_in(kArrival - std::chrono::days{10} - 1min, kArrival, kRule), doubtful) << "too long ago";
}

TEST(HandIn, ClocksMayDifferByAFewMinutes) {
  EXPECT_EQ(judge_hand_in(kArrival + 4min, kArrival, kRule), (HandIn{year{2026} / 11 / 23, HandIn::Time::believed}));
}

}  // namespace
}  // namespace bangwu::cases
