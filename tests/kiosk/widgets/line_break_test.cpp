#include "widgets/line_break.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <memory>
#include <random>
#include <set>
#include <string>

namespace bangwu::widgets {
namespace {

/// Han characters are 10 wide, everything below U+2000 is 5.
float advance(char32_t c) { return c < 0x2000 ? 5.F : 10.F; }

std::vector<std::string> lines(std::string_view text, float width) {
  std::vector<std::string> result;
  for (const std::string_view line : break_lines(text, width, advance)) {
    result.emplace_back(line);
  }
  return result;
}

using Lines = std::vector<std::string>;

TEST(LineBreak, HanTextBreaksAnywhere) { EXPECT_EQ(lines("一二三四五六七", 30), (Lines{"一二三", "四五六", "七"})); }

TEST(LineBreak, ClosingPunctuationNeverStartsALine) {
  EXPECT_EQ(lines("一二三，四五", 30), (Lines{"一二", "三，四", "五"}));
  EXPECT_EQ(lines("一“二三”四", 40), (Lines{"一“二", "三”四"}));
  EXPECT_EQ(lines("一二三！？四", 30), (Lines{"一二", "三！？", "四"}));
}

TEST(LineBreak, OpeningPunctuationNeverEndsALine) {
  EXPECT_EQ(lines("一二《三四》五", 30), (Lines{"一二", "《三", "四》五"}));
  EXPECT_EQ(lines("一二（三）", 30), (Lines{"一二", "（三）"}));
}

TEST(LineBreak, LatinWordsAndNumbersStayWhole) {
  EXPECT_EQ(lines("网址 www.example.gov.cn 办理", 100), (Lines{"网址", "www.example.gov.cn", "办理"}));
  EXPECT_EQ(lines("电话12333转8", 40), (Lines{"电话", "12333转8"}));
  EXPECT_EQ(lines("电话12333转8", 39), (Lines{"电话", "12333转", "8"}));
  EXPECT_EQ(lines("the quick brown fox", 50), (Lines{"the quick", "brown fox"}));
}

TEST(LineBreak, AnApostropheIsPartOfItsWord) {
  EXPECT_EQ(lines("the agent’s name", 40), (Lines{"the", "agent’s", "name"}));
  for (const std::size_t at : break_opportunities("agent’s")) {
    ADD_FAILURE() << at;
  }
}

TEST(LineBreak, AWordWiderThanALineIsCutAnywhere) {
  EXPECT_EQ(lines("abcdefghij", 20), (Lines{"abcd", "efgh", "ij"}));
  EXPECT_EQ(lines("一", 3), (Lines{"一"}));
}

TEST(LineBreak, SpacesAtABreakAreDropped) { EXPECT_EQ(lines("一二   三四", 20), (Lines{"一二", "三四"})); }

TEST(LineBreak, ANewlineAlwaysBreaks) {
  EXPECT_EQ(lines("一\n二", 100), (Lines{"一", "二"}));
  EXPECT_EQ(lines("一\n\n二", 100), (Lines{"一", "", "二"}));
  EXPECT_EQ(lines("一\n", 100), (Lines{"一", ""}));
}

TEST(LineBreak, NothingMakesNoLine) { EXPECT_TRUE(lines("", 100).empty()); }

TEST(LineBreak, BrokenUtf8NeitherHangsNorReadsBeyondTheEnd) {
  std::mt19937 random(7);
  for (int i = 0; i < 5000; ++i) {
    std::string text(random() % 12, ' ');
    for (char& c : text) {
      c = static_cast<char>(random());
    }
    std::size_t bytes = 0;
    for (const std::string_view line : break_lines(text, 20, advance)) {
      bytes += line.size();
    }
    EXPECT_LE(bytes, text.size());
  }
}

TEST(LineBreak, LinesHoldAllButSpacesAndFit) {
  std::mt19937 random(11);
  const std::u32string_view alphabet = U"一二三四五，。、！（）《》“”ab c1 2.-/…—";
  for (int i = 0; i < 3000; ++i) {
    icu::UnicodeString unicode;
    for (auto k = random() % 40; k > 0; --k) {
      unicode.append(static_cast<UChar32>(alphabet[random() % alphabet.size()]));
    }
    std::string text;
    unicode.toUTF8String(text);
    std::string together;
    for (const std::string_view line : break_lines(text, 60, advance)) {
      float width = 0;
      for (std::size_t at = 0; at < line.size();) {
        width += advance(next_character(line, at));
      }
      EXPECT_LE(width, 60) << text;
      together += line;
    }
    std::erase(together, ' ');
    std::erase(text, ' ');
    EXPECT_EQ(together, text);
  }
}

/// ICU (UAX 14 with CLDR's tailoring for Chinese) as the oracle: where it forbids a break we must not break. We may
/// break in fewer places than it does.
TEST(LineBreak, BreaksOnlyWhereIcuDoes) {
  const char* texts[] = {
      "根据《中华人民共和国社会保险法》第五十八条规定，用人单位应当自用工之日起三十日内为其职工申请办理社会保险登记。",
      "请携带：①居民身份证原件；②户口簿；③近期免冠照片２张。咨询电话：12333，办理时限≤5个工作日！",
      "国家建立全国统一的个人社会保障号码（个人社会保障号码为公民身份号码）。",
      "共￥35.80元，占10%。完。",
      "“自愿参加社会保险的无雇工的个体工商户、未在用人单位参加社会保险的非全日制从业人员以及其他灵活就业人员”应当办理",
      "Food business licence: needed before you open a restaurant, canteen or drinks shop.",
      "第 3 步，共 6 步",
  };
  for (const char* text : texts) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(text);
    const std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createLineInstance(icu::Locale("zh@lb=strict"), status));
    ASSERT_TRUE(U_SUCCESS(status));
    iterator->setText(unicode);
    std::set<std::size_t> allowed;
    for (int32_t at = iterator->first(); at != icu::BreakIterator::DONE; at = iterator->next()) {
      std::string before;
      unicode.tempSubStringBetween(0, at).toUTF8String(before);
      allowed.insert(before.size());
    }
    for (const std::size_t at : break_opportunities(text)) {
      EXPECT_TRUE(allowed.contains(at)) << "…" << std::string(text).substr(at > 9 ? at - 9 : 0, 9) << "|"
                                        << std::string(text).substr(at, 12);
    }
  }
}

}  // namespace
}  // namespace bangwu::widgets
