#include "http/rate_limiter.h"

#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace bangwu::http {
namespace {

TEST(RateLimiter, AllowsSoManyAtOnceAndThenAsManyAMinute) {
  support::ManualClock clock;
  RateLimiter limiter(clock, 1);
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(limiter.allow("a", 60));
  EXPECT_FALSE(limiter.allow("a", 60));
  EXPECT_TRUE(limiter.allow("b", 60));
  clock.advance(std::chrono::seconds(2));
  EXPECT_TRUE(limiter.allow("a", 60));
  EXPECT_TRUE(limiter.allow("a", 60));
  EXPECT_FALSE(limiter.allow("a", 60));
}

TEST(RateLimiter, ForgetsNothingHoweverManyOthersCome) {
  support::ManualClock clock;
  RateLimiter limiter(clock, 2);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.allow("guesser", 5));
  for (int i = 0; i < 200'000; ++i) (void)limiter.allow("other " + std::to_string(i), 5);
  EXPECT_FALSE(limiter.allow("guesser", 5));
}

TEST(RateLimiter, WhoMayAskOftenEmptiesNothingOfWhoMayNot) {
  support::ManualClock clock;
  RateLimiter limiter(clock, 4);
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(limiter.allow("guesser", 60));
  clock.advance(std::chrono::seconds(2));
  for (int i = 0; i < 200'000; ++i) (void)limiter.allow("other " + std::to_string(i), 6000);
  int allowed = 0;
  while (limiter.allow("guesser", 60)) ++allowed;
  EXPECT_LE(allowed, 2);
}

TEST(RateLimiter, SeldomConfusesTwo) {
  support::ManualClock clock;
  RateLimiter limiter(clock, 3);
  for (int i = 0; i < 1000; ++i) {
    for (int k = 0; k < 5; ++k) (void)limiter.allow("busy " + std::to_string(i), 5);
  }
  int confused = 0;
  for (int i = 0; i < 1000; ++i) confused += limiter.allow("quiet " + std::to_string(i), 5) ? 0 : 1;
  EXPECT_LE(confused, 5);
}

}  // namespace
}  // namespace bangwu::http
