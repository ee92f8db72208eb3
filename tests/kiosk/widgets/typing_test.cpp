#include <gtest/gtest.h>

#include <algorithm>

#include "hand.h"
#include "support/fake_text_engine.h"
#include "widgets/fields.h"
#include "widgets/keyboard.h"

namespace bangwu::widgets {
namespace {

using support::FakeTextEngine;
using tests::Hand;

const std::vector<std::string> kCandidates{"张", "章", "长", "掌", "涨", "丈", "仗", "帐",
                                           "账", "杖", "障", "彰", "漳", "樟", "蟑", "仉"};

std::size_t length_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

class TypingText : public testing::Test {
 protected:
  Drawn draw(Ui& ui) {
    ui.begin_screen("typing");
    Rect area = ui.screen();
    const auto edits = text_keyboard(ui, area.take_bottom(text_keyboard_height(ui)), state_, engine_, spec_);
    done_ = apply(edits, value_, 12) || done_;
    return Drawn::current;
  }
  FakeTextEngine engine_{kCandidates};
  KeyboardState state_;
  KeyboardSpec spec_;
  std::string value_;
  bool done_ = false;
  Hand hand_{[this](Ui& ui) { return draw(ui); }};
};

TEST_F(TypingText, KeysActOnPress) {
  hand_.press("key:z");
  EXPECT_EQ(engine_.composition(), "z");
  hand_.release("key:z");
  EXPECT_EQ(engine_.composition(), "z");
}

TEST_F(TypingText, LettersComposeAndACandidateIsInserted) {
  for (const char* key : {"key:z", "key:h", "key:a", "key:n", "key:g"}) {
    hand_.tap(key);
  }
  EXPECT_EQ(engine_.composition(), "zhang");
  EXPECT_EQ(value_, "");
  hand_.tap("candidate:1");
  EXPECT_EQ(value_, "章");
  EXPECT_EQ(engine_.composition(), "");
}

TEST_F(TypingText, SpaceTakesTheFirstCandidateOrIsASpace) {
  hand_.tap("key:z");
  hand_.tap("key:space");
  EXPECT_EQ(value_, "张");
  hand_.tap("key:space");
  EXPECT_EQ(value_, "张 ");
}

TEST_F(TypingText, CandidatesPageForthAndBackWithoutLosingAny) {
  hand_.tap("key:z");
  hand_.look();
  std::vector<std::string> seen;
  std::string last;
  for (int page = 0; page < 10; ++page) {
    for (const Item& item : hand_.items()) {
      if (item.id.starts_with("candidate:")) {
        seen.push_back(item.label);
      }
    }
    if (!hand_.item("candidates:next").enabled) {
      break;
    }
    hand_.tap("candidates:next");
    hand_.look();
  }
  EXPECT_EQ(seen, kCandidates);
  while (hand_.item("candidates:previous").enabled) {
    hand_.tap("candidates:previous");
    hand_.look();
  }
  EXPECT_TRUE(hand_.shows("candidate:0"));
}

TEST_F(TypingText, BackspaceTakesLettersFirstThenCharacters) {
  value_ = "张三";
  hand_.tap("key:a");
  hand_.tap("key:backspace");
  EXPECT_EQ(value_, "张三");
  hand_.tap("key:backspace");
  EXPECT_EQ(value_, "张");
}

TEST_F(TypingText, PunctuationFinishesTheComposition) {
  hand_.tap("key:z");
  hand_.tap("key:，");
  EXPECT_EQ(value_, "张，");
}

TEST_F(TypingText, DoneFinishesTheComposition) {
  hand_.tap("key:z");
  hand_.tap("key:done");
  EXPECT_EQ(value_, "张");
  EXPECT_TRUE(done_);
}

TEST_F(TypingText, EnglishUpperCaseAndSymbols) {
  hand_.tap("key:layout");
  hand_.tap("key:a");
  hand_.tap("key:shift");
  hand_.tap("key:B");
  hand_.tap("key:symbols");
  hand_.tap("key:@");
  hand_.tap("key:symbols");
  hand_.tap("key:C");
  hand_.tap("key:layout");
  hand_.tap("key:d");
  EXPECT_EQ(value_, "aB@C");
  EXPECT_EQ(engine_.composition(), "d");
}

TEST_F(TypingText, ChangingTheLayoutKeepsWhatWasComposed) {
  hand_.tap("key:z");
  hand_.tap("key:layout");
  EXPECT_EQ(value_, "张");
}

TEST_F(TypingText, APhysicalKeyboardGoesTheSameWay) {
  hand_.type("zh");
  EXPECT_EQ(engine_.composition(), "zh");
  hand_.type("2");  // a digit chooses while composing
  EXPECT_EQ(value_, "章");
  hand_.type("3");
  EXPECT_EQ(value_, "章3");
  hand_.type("李");
  EXPECT_EQ(value_, "章3李");
  hand_.feed(KeyPressed{Key::backspace});
  hand_.feed(KeyPressed{Key::enter});
  hand_.pause();
  EXPECT_EQ(value_, "章3");
  EXPECT_TRUE(done_);
}

TEST_F(TypingText, ABarcodeScannerTypesWhatTheCodeSays) {
  const std::string code = "wj20261128a";
  for (const char c : code) {
    hand_.feed(TextTyped{std::string(1, c)});
    hand_.look();
    hand_.now += std::chrono::milliseconds{5};
  }
  hand_.feed(KeyPressed{Key::enter});
  hand_.pause();
  EXPECT_EQ(value_, code);
  EXPECT_EQ(engine_.composition(), "");
  EXPECT_FALSE(done_);
}

TEST_F(TypingText, ABarcodeScannerLeavesWhatWasBeingComposed) {
  spec_ = {};
  hand_.tap("key:z");
  hand_.type("ab1234");
  EXPECT_EQ(value_, "张ab1234");
}

TEST_F(TypingText, HoldingBackspaceErasesOnAndOn) {
  value_ = "一二三四五六七八九十";
  hand_.press("key:backspace");
  EXPECT_EQ(length_of(value_), 9U);
  hand_.now += std::chrono::milliseconds{499};
  hand_.look();
  EXPECT_EQ(length_of(value_), 9U);
  for (int i = 0; i < 10; ++i) {
    hand_.now = hand_.stage().next_frame_at();
    hand_.look();
  }
  EXPECT_EQ(value_, "");
  hand_.release("key:backspace");
  EXPECT_EQ(hand_.stage().next_frame_at(), base::SteadyTime::max());
}

TEST_F(TypingText, WithoutChineseThereIsNoPinyin) {
  spec_.chinese = Enabled::no;
  hand_.look();
  EXPECT_FALSE(hand_.shows("key:layout"));
  hand_.tap("key:a");
  EXPECT_EQ(value_, "a");
}

TEST_F(TypingText, TwoKeysPressedQuicklyBothArrive) {
  for (const char* key : {"key:h", "key:a", "key:o"}) {
    const Point at = hand_.item(key).visible.centre();
    hand_.feed(PointerDown{at});
    hand_.feed(PointerUp{at});
  }
  hand_.look();
  EXPECT_EQ(engine_.composition(), "hao");
}

TEST(NumberPad, TypesDigitsAndTheExtraKey) {
  std::string value;
  bool done = false;
  Hand hand([&](Ui& ui) {
    done = apply(number_pad(ui, {0, 0, 900, 800}, {.extra_key = "X"}), value, 18) || done;
    return Drawn::current;
  });
  for (const char* key : {"key:1", "key:0", "key:X", "key:delete", "key:9"}) {
    hand.tap(key);
  }
  EXPECT_EQ(value, "109");
  hand.type("12x-a");
  EXPECT_EQ(value, "10912X");
  hand.tap("key:clear");
  EXPECT_EQ(value, "");
  hand.feed(KeyPressed{Key::enter});
  hand.look();
  EXPECT_TRUE(done);
}

TEST(Edits, StopAtTheLongestValueAndDeleteWholeCharacters) {
  std::string value = "张";
  EXPECT_FALSE(apply({{EditKind::insert, "三李四"}}, value, 3));
  EXPECT_EQ(value, "张三李");
  apply({{EditKind::backspace, {}}, {EditKind::backspace, {}}}, value, 3);
  EXPECT_EQ(value, "张");
  apply({{EditKind::backspace, {}}, {EditKind::backspace, {}}}, value, 3);
  EXPECT_EQ(value, "");
}

TEST(Grouping, SplitsForTheEyeOnly) {
  EXPECT_EQ(grouped("11010519491231002X", Grouping::id_number), "110105 19491231 002X");
  EXPECT_EQ(grouped("1101051", Grouping::id_number), "110105 1");
  EXPECT_EQ(grouped("13912345678", Grouping::mobile), "139 1234 5678");
  EXPECT_EQ(grouped("91350100M000100Y43", Grouping::credit_code), "91 350100 M000100Y4 3");
  EXPECT_EQ(grouped("139123456789", Grouping::mobile), "139 1234 56789");
  EXPECT_EQ(grouped("", Grouping::mobile), "");
}

}  // namespace
}  // namespace bangwu::widgets
