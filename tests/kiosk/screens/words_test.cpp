#include "widgets/words.h"

#include <gtest/gtest.h>

#include "screens/dates.h"
#include "screens/names.h"
#include "screens/result_words.h"
#include "screens/value_words.h"

namespace bangwu::tests {
namespace {

using namespace std::chrono_literals;
using session::ResultView;
using State = ResultView::State;

class Words : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(widgets::load_words(BANGWU_TEST_TRANSLATIONS)); }
  void TearDown() override { widgets::set_language(widgets::Language::zh_CN); }
  static void english() { widgets::set_language(widgets::Language::en); }
};

TEST_F(Words, DatesAreReadInEachLanguage) {
  constexpr auto kDate = std::chrono::November / 23 / 2026;
  EXPECT_EQ(screens::date_words(kDate), "2026年11月23日");
  EXPECT_EQ(screens::long_date_words(kDate), "2026年11月23日 星期一");
  english();
  EXPECT_EQ(screens::date_words(kDate), "23 November 2026");
  EXPECT_EQ(screens::long_date_words(kDate), "Monday, 23 November 2026");
}

TEST_F(Words, TheClockShowsTheHallsTime) {
  const std::chrono::sys_seconds late = std::chrono::sys_days{std::chrono::December / 31 / 2026} + 17h + 5min;
  EXPECT_EQ(screens::clock_words(late), "2027年1月1日 星期五  01:05");
}

TEST_F(Words, AmountsHaveTheirThousandsApart) {
  EXPECT_EQ(screens::money_words("1234567.8"), "1,234,567.8 元");
  EXPECT_EQ(screens::money_words("999"), "999 元");
  EXPECT_EQ(screens::money_words("1000"), "1,000 元");
  EXPECT_EQ(screens::money_words(""), "");
  EXPECT_EQ(screens::money_words("12.3.4"), "12.3.4");
}

TEST_F(Words, SizesAreRoundedAsPeopleExpect) {
  EXPECT_EQ(screens::size_words(0), "0 KB");
  EXPECT_EQ(screens::size_words(1), "1 KB");
  EXPECT_EQ(screens::size_words(999'999), "1000 KB");
  EXPECT_EQ(screens::size_words(1'000'000), "1.0 MB");
  EXPECT_EQ(screens::size_words(18'249'999), "18.2 MB");
}

TEST_F(Words, ValuesThatLookLikeDatesAreOnlyReadAsDatesWhenTheyAre) {
  EXPECT_EQ(screens::value_words("2027-03-01"), "2027年3月1日");
  EXPECT_EQ(screens::value_words("2027-13-01"), "2027-13-01");
  EXPECT_EQ(screens::value_words("0519-86310"), "0519-86310");
}

TEST_F(Words, WhatAnApplicantIsToldIsNeverLaterThanWhatIsKnown) {
  ResultView view;
  view.state = State::stored_here;
  for (const auto* later : {"受理", "送达"}) {
    const auto title = screens::title_of(view);
    EXPECT_TRUE(title.find(later) == std::string::npos || title.find("等待") != std::string::npos) << title;
  }
  EXPECT_FALSE(screens::is_final_number(view));
  view.state = State::in_review;
  EXPECT_EQ(screens::title_of(view).find("已受理"), std::string::npos);
  view.state = State::correction_needed;
  EXPECT_EQ(screens::title_of(view).find("已受理"), std::string::npos);
}

TEST_F(Words, TheLimitHasItsCalendarDate) {
  ResultView view;
  view.state = State::accepted;
  view.promised_working_days = 6;
  view.due = std::chrono::December / 1 / 2026;
  EXPECT_EQ(screens::limit_of(view), "6 个工作日，2026年12月1日 星期二 前办结");
  view.due_is_provisional = true;
  EXPECT_NE(screens::limit_of(view).find("预计"), std::string::npos);
  view.due.reset();
  EXPECT_EQ(screens::limit_of(view).find("2026"), std::string::npos);
}

TEST_F(Words, EachLackingPartIsNamed) {
  ResultView view;
  view.lacks = {"营业执照"};
  using Part = ResultView::Part;
  view.lacking_parts = {Part::applicant, Part::agent, Part::declaration, Part::signature};
  EXPECT_EQ(screens::lacks_of(view), (std::vector<std::string>{"营业执照", "申请人的证件号码和姓名",
                                                               "经办人的证件号码和姓名", "对真实性的声明", "签名"}));
}

TEST_F(Words, WhatWillNotLeaveByItselfIsNotPromised) {
  ResultView view;
  view.state = ResultView::State::stuck;
  EXPECT_EQ(screens::explanation_of(view).find("网络通畅后"), std::string::npos);
  EXPECT_FALSE(screens::is_final_number(view));
}

TEST_F(Words, EveryLevelReasonAndDomainHasEnglishWords) {
  using domain::NationalLevel;
  using domain::ReviewLevel;
  english();
  const auto is_english = [](const std::string& words) {
    EXPECT_FALSE(words.empty());
    EXPECT_EQ(std::count_if(words.begin(), words.end(), [](unsigned char c) { return c >= 0xE3 && c <= 0xEF; }), 0)
        << words;
  };
  for (const domain::RatingLevel level : std::initializer_list<domain::RatingLevel>{
           ReviewLevel::very_satisfied, ReviewLevel::satisfied, ReviewLevel::fair, ReviewLevel::dissatisfied,
           NationalLevel::very_satisfied, NationalLevel::satisfied, NationalLevel::basically_satisfied,
           NationalLevel::dissatisfied, NationalLevel::very_dissatisfied}) {
    is_english(screens::words_for(level));
    for (const auto& reason : domain::rating_reasons(level)) is_english(screens::words_for(reason));
  }
  for (const auto domain : domain::kDomains) {
    is_english(screens::words_for(domain));
    is_english(screens::explanation_of(domain));
  }
}

}  // namespace
}  // namespace bangwu::tests
