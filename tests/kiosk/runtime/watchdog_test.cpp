#include "runtime/watchdog.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <future>

namespace bangwu::runtime {
namespace {

constexpr std::chrono::milliseconds kEach{5};

// A death test runs in a process of its own.
TEST(Watchdog, EndsAProcessWhoseLoopStandsStill) {
  EXPECT_EXIT(
      {
        const std::atomic<std::uint64_t> turns = 7;
        const auto watchdog = start_watchdog(
            turns, [] {}, kEach);
        ::pause();
      },
      testing::ExitedWithCode(70), "kiosk.hangs");
}

TEST(Watchdog, WakesALoopThatWaitsAndLetsItLive) {
  std::atomic<std::uint64_t> turns = 0;
  std::promise<void> woken_often;
  const auto watchdog = start_watchdog(
      turns,
      [&] {
        if (++turns == 10) woken_often.set_value();
      },
      kEach);
  woken_often.get_future().wait();
}

}  // namespace
}  // namespace bangwu::runtime
