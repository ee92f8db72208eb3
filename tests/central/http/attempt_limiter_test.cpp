#include "http/attempt_limiter.h"

#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace bangwu::http {
namespace {

using namespace std::chrono_literals;

TEST(AttemptLimiter, RefusesAfterTheLastWrongOneUntilTheOldestIsAnHourAgo) {
  support::ManualClock clock;
  AttemptLimiter limiter(clock, 3, 1h);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(limiter.refused_for("a"));
    limiter.note_wrong("a");
    clock.advance(10min);
  }
  EXPECT_EQ(limiter.refused_for("a"), 30min);
  EXPECT_FALSE(limiter.refused_for("b")) << "each key has a count of its own";
  clock.advance(30min);
  EXPECT_FALSE(limiter.refused_for("a"));
  limiter.note_wrong("a");
  EXPECT_EQ(limiter.refused_for("a"), 10min);
}

TEST(AttemptLimiter, WallClockThatJumpsChangesNothing) {
  support::ManualClock clock;
  AttemptLimiter limiter(clock, 1, 1h);
  limiter.note_wrong("a");
  clock.jump_wall_clock(48h);
  EXPECT_TRUE(limiter.refused_for("a"));
}

TEST(AttemptLimiter, MemoryIsBounded) {
  support::ManualClock clock;
  AttemptLimiter limiter(clock, 1, 1h);
  for (int i = 0; i < 150'000; ++i) limiter.note_wrong(std::to_string(i));
  EXPECT_TRUE(limiter.refused_for("149999"));
}

}  // namespace
}  // namespace bangwu::http
