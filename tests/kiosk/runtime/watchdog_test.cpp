#include "runtime/watchdog.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <future>

namespace bangwu::runtime {
namespace {

constexpr std::chrono::milliseconds kEach{5};

Watched stands_still() {
  return {"storage", [] { return SignOfLife{1, 7}; }, 4};
}

// A death test runs in a process of its own.
TEST(Watchdog, EndsAProcessWhoseLoopStandsStill) {
  EXPECT_EXIT(
      {
        const auto watchdog = start_watchdog(
            {stands_still()}, [] {}, kEach);
        ::pause();
      },
      testing::ExitedWithCode(70), "kiosk.hangs");
}

TEST(Watchdog, WakesALoopThatWaitsAndLetsItLive) {
  std::atomic<std::uint64_t> turns = 0;
  std::promise<void> woken_often;
  const auto watchdog = start_watchdog(
      {{"ui",
        [&] {
          return SignOfLife{1, turns.load()};
        },
        4}},
      [&] {
        if (++turns == 10) woken_often.set_value();
      },
      kEach);
  woken_often.get_future().wait();
}

// A worker without work stands still as well; one that has work and says nothing hangs, whatever the loop does.
TEST(Watchdog, EndsAProcessWhoseStorageStandsStillAtWorkWhileItsLoopTurns) {
  EXPECT_EXIT(
      {
        std::atomic<std::uint64_t> turns = 0;
        const auto watchdog = start_watchdog(
            {{"ui",
              [&] {
                return SignOfLife{1, ++turns};
              },
              4},
             stands_still()},
            [] {}, kEach);
        ::pause();
      },
      testing::ExitedWithCode(70), "thread=storage");
}

TEST(Watchdog, LetsAWorkerWithoutWorkRest) {
  std::promise<void> looked_often;
  int looks = 0;
  const auto watchdog = start_watchdog(
      {{"storage",
        [&] {
          if (++looks == 20) looked_often.set_value();
          return SignOfLife{0, 7};
        },
        4}},
      [] {}, kEach);
  looked_often.get_future().wait();
}

}  // namespace
}  // namespace bangwu::runtime
