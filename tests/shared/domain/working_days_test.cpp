#include "domain/working_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace bangwu::domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr year_month_day on(int year, unsigned month, unsigned day) {
  return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

// 国办发明电〔2025〕7号, the days around National Day 2026; the other holidays do not matter here.
Calendar announced_2026() {
  return {{{2026,
            "国办发明电〔2025〕7号",
            {on(2026, 10, 1), on(2026, 10, 2), on(2026, 10, 5), on(2026, 10, 6), on(2026, 10, 7)},
            {on(2026, 9, 20), on(2026, 10, 10)}}}};
}

year_month_day due(year_month_day received, int days, std::vector<Pause> pauses = {}) {
  return due_date(announced_2026(), received, days, pauses).date.value();
}

TEST(WorkingDay, IsMondayToFriday) {
  EXPECT_TRUE(is_working_day(announced_2026(), on(2026, 11, 23)));   // Monday
  EXPECT_FALSE(is_working_day(announced_2026(), on(2026, 11, 22)));  // Sunday
}

TEST(WorkingDay, FollowsTheAnnouncement) {
  EXPECT_FALSE(is_working_day(announced_2026(), on(2026, 10, 5)));  // a Monday off
  EXPECT_TRUE(is_working_day(announced_2026(), on(2026, 10, 10)));  // a Saturday made up
  EXPECT_TRUE(is_working_day(announced_2026(), on(2026, 9, 20)));   // a Sunday made up
}

TEST(DueDate, DoesNotCountTheDayOfReceipt) { EXPECT_EQ(due(on(2026, 11, 23), 1), on(2026, 11, 24)); }

TEST(DueDate, SkipsTheWeekend) {
  EXPECT_EQ(due(on(2026, 11, 20), 1), on(2026, 11, 23));  // Friday → Monday
  EXPECT_EQ(due(on(2026, 11, 23), 20), on(2026, 12, 21));
}

TEST(DueDate, SkipsTheHolidayAndCountsTheMakeUpDay) {
  EXPECT_EQ(due(on(2026, 9, 30), 1), on(2026, 10, 8));
  EXPECT_EQ(due(on(2026, 9, 30), 3), on(2026, 10, 10));  // the Saturday is worked
  EXPECT_EQ(due(on(2026, 9, 30), 4), on(2026, 10, 12));
}

TEST(DueDate, IsTheSameForReceiptOnAnyDayOfAWeekend) {
  EXPECT_EQ(due(on(2026, 11, 20), 5), on(2026, 11, 27));
  EXPECT_EQ(due(on(2026, 11, 21), 5), on(2026, 11, 27));
  EXPECT_EQ(due(on(2026, 11, 22), 5), on(2026, 11, 27));
}

TEST(DueDate, OnTheSpotIsTheDayOfReceiptOrTheNextWorkedOne) {
  EXPECT_EQ(due(on(2026, 11, 23), 0), on(2026, 11, 23));
  EXPECT_EQ(due(on(2026, 11, 22), 0), on(2026, 11, 23));  // received on a Sunday
  EXPECT_EQ(due(on(2026, 10, 1), 0), on(2026, 10, 8));
}

TEST(DueDate, MovesByTheWorkingDaysOfAPause) {
  EXPECT_EQ(due(on(2026, 11, 23), 5), on(2026, 11, 30));
  EXPECT_EQ(due(on(2026, 11, 23), 5, {{on(2026, 11, 24), on(2026, 11, 26)}}), on(2026, 12, 2));
}

TEST(DueDate, DoesNotMoveByAPauseThatEndsOnItsFirstDayOrLiesOnAWeekend) {
  EXPECT_EQ(due(on(2026, 11, 23), 5, {{on(2026, 11, 24), on(2026, 11, 24)}}), on(2026, 11, 30));
  EXPECT_EQ(due(on(2026, 11, 23), 5, {{on(2026, 11, 27), on(2026, 11, 29)}}), on(2026, 11, 30));
}

TEST(DueDate, CountsOverlappingPausesOnce) {
  const Pause a{on(2026, 11, 24), on(2026, 11, 26)}, b{on(2026, 11, 25), on(2026, 11, 27)};
  const auto both = due(on(2026, 11, 23), 5, {a, b});
  EXPECT_EQ(both, due(on(2026, 11, 23), 5, {{on(2026, 11, 24), on(2026, 11, 27)}}));
  EXPECT_EQ(both, due(on(2026, 11, 23), 5, {b, a}));
}

TEST(DueDate, IsNotKnownWhileAPauseGoesOn) {
  const std::vector<Pause> open{{on(2026, 11, 24), std::nullopt}};
  EXPECT_EQ(due_date(announced_2026(), on(2026, 11, 23), 5, open).date, std::nullopt);
  EXPECT_EQ(due_date(announced_2026(), on(2026, 11, 23), 1, open).date, on(2026, 11, 24));  // over before it began
}

TEST(DueDate, IgnoresAPauseThatEndsBeforeItBegins) {
  EXPECT_EQ(due(on(2026, 11, 23), 5, {{on(2026, 11, 26), on(2026, 11, 24)}}), on(2026, 11, 30));
}

TEST(DueDate, SaysWhichYearsItGuessed) {
  EXPECT_THAT(due_date(announced_2026(), on(2026, 12, 21), 5).guessed_years, IsEmpty());
  const auto into_next_year = due_date(announced_2026(), on(2026, 12, 28), 5);
  EXPECT_EQ(into_next_year.date, on(2027, 1, 4));  // by weekends alone: 1 January 2027 is a Friday
  EXPECT_THAT(into_next_year.guessed_years, ElementsAre(2027));
  EXPECT_THAT(due_date(Calendar{}, on(2026, 12, 28), 5).guessed_years, ElementsAre(2026, 2027));
}

TEST(DueDate, IsAlwaysAWorkingDayAfterReceipt) {
  const auto calendar = announced_2026();
  for (auto day = sys_days{on(2026, 8, 1)}; day < sys_days{on(2027, 1, 10)}; day += std::chrono::days{1}) {
    for (const int limit : {0, 1, 2, 5, 20, 60}) {
      const auto date = due_date(calendar, day, limit).date.value();
      EXPECT_TRUE(is_working_day(calendar, date));
      EXPECT_EQ(working_days_used(calendar, day, date),
                limit == 0 && date == year_month_day{day} ? 0 : std::max(limit, 1));
    }
  }
}

TEST(TellWhatLacks, IsDueInFiveWorkingDays) {
  EXPECT_EQ(tell_what_lacks_by(announced_2026(), on(2026, 11, 23)).date, on(2026, 11, 30));
  EXPECT_EQ(tell_what_lacks_by(announced_2026(), on(2026, 9, 30)).date, on(2026, 10, 13));
}

TEST(WorkingDaysUsed, CountsWorkedDaysAfterReceiptUntilToday) {
  const auto calendar = announced_2026();
  EXPECT_EQ(working_days_used(calendar, on(2026, 11, 23), on(2026, 11, 23)), 0);
  EXPECT_EQ(working_days_used(calendar, on(2026, 11, 23), on(2026, 11, 20)), 0);
  EXPECT_EQ(working_days_used(calendar, on(2026, 11, 20), on(2026, 11, 24)), 2);
  const std::vector<Pause> open{{on(2026, 11, 24), std::nullopt}};
  EXPECT_EQ(working_days_used(calendar, on(2026, 11, 23), on(2026, 11, 30), open), 1);
}

TEST(Progress, IsDueSoonWithAQuarterLeftAndAtLeastOneDay) {
  const auto calendar = announced_2026();
  const auto received = on(2026, 11, 23);  // Monday; 20 working days end on 21 December
  EXPECT_EQ(progress_of(calendar, received, 20, on(2026, 12, 11)), (Progress{Pace::on_time, 6}));
  EXPECT_EQ(progress_of(calendar, received, 20, on(2026, 12, 14)), (Progress{Pace::due_soon, 5}));
  EXPECT_EQ(progress_of(calendar, received, 20, on(2026, 12, 21)), (Progress{Pace::due_soon, 0}));
  EXPECT_EQ(progress_of(calendar, received, 20, on(2026, 12, 22)), (Progress{Pace::overdue, -1}));
  EXPECT_EQ(progress_of(calendar, received, 3, on(2026, 11, 24)), (Progress{Pace::on_time, 2}));
  EXPECT_EQ(progress_of(calendar, received, 3, on(2026, 11, 25)), (Progress{Pace::due_soon, 1}));
}

TEST(Progress, IsOverdueFromTheDayAfterTheLastEvenOnAWeekend) {
  const auto calendar = announced_2026();
  EXPECT_EQ(progress_of(calendar, on(2026, 11, 23), 4, on(2026, 11, 27)).pace, Pace::due_soon);  // Friday, the last day
  EXPECT_EQ(progress_of(calendar, on(2026, 11, 23), 4, on(2026, 11, 28)), (Progress{Pace::overdue, 0}));
}

TEST(Progress, OfAnOnTheSpotLimitReceivedOnASundayIsDueOnMonday) {
  const auto calendar = announced_2026();
  EXPECT_EQ(progress_of(calendar, on(2026, 11, 22), 0, on(2026, 11, 23)), (Progress{Pace::due_soon, 0}));
  EXPECT_EQ(progress_of(calendar, on(2026, 11, 22), 0, on(2026, 11, 24)).pace, Pace::overdue);
}

// Whoever looks at a due date may count the days themselves.
TEST(LimitDays, AreAllDaysUpToTheLastAndCountToTheLimit) {
  const auto calendar = announced_2026();
  for (int received = 1; received <= 365; ++received) {
    const std::chrono::year_month_day day{std::chrono::sys_days{on(2026, 1, 1)} + std::chrono::days{received - 1}};
    for (const int limit : {1, 5, 20}) {
      const auto due = *due_date(calendar, day, limit).date;
      const auto days = days_of_limit(calendar, day, due);
      ASSERT_EQ(days.back(), (LimitDay{due, kind_of_day(calendar, due)}));
      ASSERT_EQ(std::chrono::sys_days{days.front().date}, std::chrono::sys_days{day} + std::chrono::days{1});
      const auto counted =
          std::count_if(days.begin(), days.end(), [](const LimitDay& each) { return is_counted(each.kind); });
      ASSERT_EQ(counted, limit) << received;
    }
  }
  EXPECT_TRUE(days_of_limit(calendar, on(2026, 11, 23), on(2026, 11, 23)).empty());
}

TEST(LimitDays, SayWhatEachDayIs) {
  const auto calendar = announced_2026();
  EXPECT_EQ(kind_of_day(calendar, on(2026, 11, 23)), DayKind::worked);
  EXPECT_EQ(kind_of_day(calendar, on(2026, 11, 28)), DayKind::weekend);
  EXPECT_EQ(kind_of_day(calendar, calendar.years.front().days_off.front()), DayKind::holiday);
  EXPECT_EQ(kind_of_day(calendar, calendar.years.front().days_worked.front()), DayKind::worked_instead);
}

TEST(Progress, DoesNotMoveDuringAPause) {
  const auto calendar = announced_2026();
  const std::vector<Pause> open{{on(2026, 11, 24), std::nullopt}};
  EXPECT_EQ(progress_of(calendar, on(2026, 11, 23), 5, on(2026, 12, 31), open), (Progress{Pace::on_time, 4}));
}

}  // namespace
}  // namespace bangwu::domain
