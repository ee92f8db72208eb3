#include <gmock/gmock.h>

#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kYear = R"(year = 2026
source = "国办发明电〔2025〕7号"
off = [
  2026-10-01,
  2026-10-02,
]
worked = [2026-10-10]
)";

class CalendarFile : public Folder {
 protected:
  void expect_refused(const std::string& content, std::uint32_t line, const std::string& what) const {
    write("2026.toml", content);
    const auto loaded = load_years();
    EXPECT_THAT(loaded.calendar.years, IsEmpty());
    ASSERT_THAT(loaded.problems, SizeIs(1)) << what;
    EXPECT_EQ(loaded.problems[0].line, line);
    EXPECT_THAT(loaded.problems[0].what, HasSubstr(what));
  }
  [[nodiscard]] LoadedCalendar load_years() const {
    std::filesystem::remove(root() / "items");
    std::filesystem::remove(root() / "bundles");
    return load_calendars(root());
  }
};

TEST_F(CalendarFile, IsReadWithItsSource) {
  using namespace std::chrono_literals;
  write("2026.toml", kYear);
  const auto loaded = load_years();
  EXPECT_THAT(loaded.problems, IsEmpty());
  ASSERT_THAT(loaded.calendar.years, SizeIs(1));
  const auto& year = loaded.calendar.years[0];
  EXPECT_EQ(year.year, 2026);
  EXPECT_EQ(year.source, "国办发明电〔2025〕7号");
  EXPECT_THAT(year.days_off, ElementsAre(2026y / 10 / 1, 2026y / 10 / 2));
  EXPECT_THAT(year.days_worked, ElementsAre(2026y / 10 / 10));
}

TEST_F(CalendarFile, WithAWeekendAmongTheDaysOffIsRefused) {
  expect_refused(with(kYear, "2026-10-02", "2026-10-03"), 5, "2026-10-03 是周末");
}
TEST_F(CalendarFile, WithAWeekdayAmongTheWorkedDaysIsRefused) {
  expect_refused(with(kYear, "2026-10-10", "2026-10-09"), 7, "2026-10-09 不是周末");
}
TEST_F(CalendarFile, WithADateOfAnotherYearIsRefused) {
  expect_refused(with(kYear, "2026-10-02", "2027-10-01"), 5, "不在 2026 年");
}
TEST_F(CalendarFile, WithADateTwiceIsRefused) {
  expect_refused(with(kYear, "2026-10-02", "2026-10-01"), 5, "写了两次");
}
TEST_F(CalendarFile, WithATextInsteadOfADateIsRefused) {
  expect_refused(with(kYear, "2026-10-02", "\"2026-10-02\""), 5, "类型不对");
}
TEST_F(CalendarFile, WithADateThatDoesNotExistIsRefused) {
  expect_refused(with(kYear, "2026-10-02", "2026-02-30"), 5, "");
}
TEST_F(CalendarFile, WithoutASourceIsRefused) {
  expect_refused(with(kYear, "source = \"国办发明电〔2025〕7号\"\n", ""), 1, "缺少 “source”");
}
TEST_F(CalendarFile, WithoutAListIsRefused) {
  expect_refused(with(kYear, "worked = [2026-10-10]\n", ""), 1, "缺少 “worked”");
}
TEST_F(CalendarFile, WithAnUnknownKeyIsRefused) { expect_refused(kYear + "of = []\n", 8, "不认识的键 “of”"); }

TEST_F(CalendarFile, NamedAfterAnotherYearIsRefused) {
  write("2027.toml", kYear);
  const auto loaded = load_years();
  EXPECT_THAT(loaded.calendar.years, IsEmpty());
  ASSERT_THAT(loaded.problems, SizeIs(1));
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("文件名与年份不同"));
}

TEST_F(CalendarFile, OfTheNextYearWithTheOldYearLeftInItIsToldAsSuchNotByEachOfItsDays) {
  std::string text = kYear;
  for (auto at = text.find("2026-"); at != std::string::npos; at = text.find("2026-", at)) text.replace(at, 5, "2027-");
  write("2027.toml", text);  // its days moved on, `year = 2026` forgotten
  const auto loaded = load_years();
  EXPECT_THAT(loaded.calendar.years, IsEmpty());
  ASSERT_FALSE(loaded.problems.empty());
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("文件名是 2027，里面写的是 year = 2026"));
  for (const auto& problem : loaded.problems) EXPECT_THAT(problem.what, testing::Not(HasSubstr("不在")));
}

// The published days, as counted by hand in the notices: 国办发明电〔2024〕12号 and 国办发明电〔2025〕7号.
TEST(Announcements, GiveTheKnownNumberOfWorkingDays) {
  using namespace std::chrono_literals;
  const auto loaded = load_calendars(std::filesystem::path(BANGWU_SOURCE_DIR) / "config/calendar");
  EXPECT_THAT(loaded.problems, IsEmpty());
  ASSERT_THAT(loaded.calendar.years, SizeIs(2));
  EXPECT_EQ(domain::working_days_used(loaded.calendar, 2024y / 12 / 31, 2025y / 12 / 31), 248);
  EXPECT_EQ(domain::working_days_used(loaded.calendar, 2025y / 12 / 31, 2026y / 12 / 31), 248);
  EXPECT_EQ(domain::due_date(loaded.calendar, 2026y / 2 / 13, 5).date, 2026y / 2 / 27);  // 14 February is worked
  EXPECT_EQ(loaded.calendar.find_year(2027), nullptr) << "not announced: weekends, and the due date says so";
}

}  // namespace
}  // namespace bangwu::catalogue
