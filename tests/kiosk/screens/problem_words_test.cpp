#include "screens/problem_words.h"

#include <gtest/gtest.h>

#include <set>

#include "screens/names.h"
#include "widgets/words.h"

namespace bangwu::tests {
namespace {

using domain::AnswerProblem;
using domain::FieldKind;
using domain::NumberProblem;
using domain::PageFault;

constexpr FieldKind kKinds[] = {FieldKind::text,        FieldKind::number, FieldKind::money,     FieldKind::date,
                                FieldKind::choice,      FieldKind::yes_no, FieldKind::telephone, FieldKind::address,
                                FieldKind::resident_id, FieldKind::rows};
constexpr domain::IdKind kIdKinds[] = {domain::IdKind::resident_id, domain::IdKind::foreign_permanent_resident,
                                       domain::IdKind::hmt_residence_permit, domain::IdKind::uscc};

class ProblemWords : public testing::TestWithParam<widgets::Language> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(widgets::load_words(BANGWU_TEST_TRANSLATIONS));
    widgets::set_language(GetParam());
  }
  void TearDown() override { widgets::set_language(widgets::Language::zh_CN); }
};

// One sentence says what happened, another what to do; no code is shown, no {name} is left.
void expect_sentences(const std::string& words) {
  EXPECT_FALSE(words.empty());
  EXPECT_EQ(words.find('{'), std::string::npos) << words;
  EXPECT_EQ(words.find('_'), std::string::npos) << words;
  const bool asks = words.find("请") != std::string::npos || words.find("lease") != std::string::npos ||
                    words.find("You can") != std::string::npos || words.find("可以") != std::string::npos;
  EXPECT_TRUE(asks) << words;
  for (const auto* blame : {"您错", "错误", "非法", "wrong", "invalid", "illegal", "error"})
    EXPECT_EQ(words.find(blame), std::string::npos) << words;
}

TEST_P(ProblemWords, EveryNumberProblemSaysWhatToDo) {
  for (const auto kind : kIdKinds) {
    EXPECT_EQ(screens::words_for(NumberProblem::none, kind, ""), "");
    for (int problem = 1; problem <= static_cast<int>(NumberProblem::persons_number); ++problem) {
      expect_sentences(screens::words_for(static_cast<NumberProblem>(problem), kind, "12345"));
      expect_sentences(screens::telephone_words_for(static_cast<NumberProblem>(problem)));
    }
  }
}

TEST_P(ProblemWords, EveryAnswerProblemSaysWhatToDo) {
  for (const auto kind : kKinds) {
    domain::Field field;
    field.kind = kind;
    field.minimum = 2;
    field.maximum = 5;
    EXPECT_EQ(screens::words_for(AnswerProblem::none, field), "");
    for (int problem = 1; problem <= static_cast<int>(AnswerProblem::has_control_characters); ++problem) {
      expect_sentences(screens::words_for(static_cast<AnswerProblem>(problem), field));
      expect_sentences(screens::words_for(static_cast<AnswerProblem>(problem)));
    }
  }
}

TEST_P(ProblemWords, EveryPageFaultSaysWhatHappenedAndWhatToDo) {
  std::set<std::string> titles;
  for (int fault = 1; fault <= static_cast<int>(PageFault::internal); ++fault) {
    const auto said = screens::words_for(static_cast<PageFault>(fault), screens::Captured::no_file);
    EXPECT_FALSE(said.title.empty());
    EXPECT_TRUE(titles.insert(said.title).second) << "two faults are called " << said.title;
    expect_sentences(said.words);
  }
}

TEST_P(ProblemWords, AScanThatStopsSpeaksOfNoFileAndDoesNotDenyThePagesItKept) {
  for (int fault = 1; fault <= static_cast<int>(PageFault::internal); ++fault) {
    if (static_cast<PageFault>(fault) == PageFault::feeder_empty) continue;  // with pages before it, that is the end
    for (const auto captured : {screens::Captured::no_scan, screens::Captured::first_pages}) {
      const auto said = screens::words_for(static_cast<PageFault>(fault), captured);
      EXPECT_FALSE(said.title.empty());
      expect_sentences(said.words);
      for (const auto* file : {"这个文件", "导入", "图片", "This file", "imported", "picture"}) {
        EXPECT_EQ((said.title + said.words).find(file), std::string::npos) << said.title << said.words;
      }
      if (captured == screens::Captured::no_scan) continue;
      for (const auto* denial : {"没有扫到新的页", "这次没有扫描", "新的页没有保留", "No new page",
                                 "New pages were not", "Nothing was scanned"}) {
        EXPECT_EQ(said.words.find(denial), std::string::npos) << said.words;
      }
    }
  }
}

TEST_P(ProblemWords, EveryStoreProblemSaysWhatItMeansAndWhatToDo) {
  for (const auto problem :
       {session::StoreProblem::disk_full, session::StoreProblem::not_enrolled, session::StoreProblem::failed,
        session::StoreProblem::unknown, session::StoreProblem::no_answer}) {
    const auto said = screens::words_for(problem);
    EXPECT_FALSE(said.title.empty());
    expect_sentences(said.words);
  }
}

TEST_P(ProblemWords, ABadIdInAFormSaysWhichRuleItBreaks) {
  domain::Field field;
  field.kind = FieldKind::resident_id;
  const auto shorter = screens::words_for(NumberProblem::wrong_length, field, "11010519491231002");
  const auto swapped = screens::words_for(NumberProblem::wrong_check, field, "110105194912310029");
  EXPECT_NE(shorter, swapped);
  EXPECT_NE(shorter.find("17"), std::string::npos);
}

TEST_P(ProblemWords, LimitsAreNamedInTheirUnit) {
  domain::Field field;
  field.kind = FieldKind::money;
  field.maximum = 1234550;
  EXPECT_NE(screens::words_for(AnswerProblem::too_large, field).find("12,345.50"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Languages, ProblemWords, testing::Values(widgets::Language::zh_CN, widgets::Language::en),
                         [](const auto& each) { return std::string{base::facts_of(each.param).name}; });

}  // namespace
}  // namespace bangwu::tests
