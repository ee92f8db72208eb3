#include "base/date.h"

#include <gtest/gtest.h>

namespace bangwu::base {
namespace {

using namespace std::chrono_literals;

TEST(Date, ComesBackAsItWas) {
  for (const auto& date : {2026y / 1 / 1, 2024y / 2 / 29, 1949y / 12 / 31})
    EXPECT_EQ(parse_date(date_text(date)), date);
  EXPECT_EQ(date_text(2026y / 3 / 7), "2026-03-07");
}

TEST(Date, OfNoCalendarOrInAnotherFormIsNone) {
  for (const char* text : {"", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01",
                           "20260101", "2026-01-01 ", "+026-01-01", "２026-01-01", "2026-01-0x"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Time, IsToldInTheHallsTimeWithItsOffset) {
  EXPECT_EQ(to_hall_time(std::chrono::sys_days{2026y / 11 / 23} + 2h + 28min + 3s + 900ms),
            "2026-11-23T10:28:03+08:00");
  EXPECT_EQ(to_hall_time(std::chrono::sys_days{2026y / 12 / 31} + 16h), "2027-01-01T00:00:00+08:00");
}

TEST(Time, IsReadInTheFormItIsWrittenInOnly) {
  const SystemTime time{std::chrono::milliseconds(1'795'400'000'123)};
  EXPECT_EQ(parse_time(to_rfc3339(time)), time);
  for (const char* text : {"", "2026-11-23", "2026-11-23T02:28:03Z", "2026-11-23T24:00:00.000Z",
                           "2026-11-23T02:28:60.000Z", "2026-02-30T02:28:03.123Z", "2026-11-23 02:28:03.123Z",
                           "2026-11-23T02:28:03.123z", "2026-11-23T02:28:03,123Z"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

}  // namespace
}  // namespace bangwu::base
