#include "ratings/bursts.h"

#include <gtest/gtest.h>

namespace bangwu::ratings {
namespace {

using namespace std::chrono_literals;
constexpr base::SystemTime kMorning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 1h};

std::vector<Made> every(std::chrono::milliseconds apart, int count, const std::string& kiosk = "k-1") {
  std::vector<Made> made;
  for (int i = 0; i < count; ++i) made.push_back({kiosk, kMorning + i * apart});
  return made;
}

TEST(Bursts, EightInEightSecondsOfOneMachineAreFlaggedAll) {
  EXPECT_EQ(paces(every(1s, 8)), std::vector<Pace>(8, Pace::burst));
}

TEST(Bursts, VisitorsOneAfterTheOtherAreNot) {
  EXPECT_EQ(paces(every(6s, 20)), std::vector<Pace>(20, Pace::plausible));
  EXPECT_EQ(paces(every(1s, 3)), std::vector<Pace>(3, Pace::plausible));
}

TEST(Bursts, MachinesAreLookedAtEachByItself) {
  auto made = every(1s, 3, "k-1");
  const auto other = every(1s, 3, "k-2");
  made.insert(made.end(), other.begin(), other.end());
  EXPECT_EQ(paces(made), std::vector<Pace>(6, Pace::plausible));
}

TEST(Bursts, OnlyTheBurstIsFlaggedWhateverTheOrder) {
  auto made = every(1s, 4);
  made.insert(made.begin(), {"k-1", kMorning + 1h});
  made.push_back({"k-1", kMorning - 1h});
  EXPECT_EQ(paces(made),
            (std::vector<Pace>{Pace::plausible, Pace::burst, Pace::burst, Pace::burst, Pace::burst, Pace::plausible}));
}

}  // namespace
}  // namespace bangwu::ratings
