#include <gtest/gtest.h>

#include "hand.h"
#include "widgets/controls.h"
#include "widgets/notices.h"

namespace bangwu::widgets {
namespace {

using tests::Hand;

constexpr Rect kLeft{40, 200, 300, 100};
constexpr Rect kRight{400, 200, 300, 100};

/// Two buttons that count.
struct Counters {
  int left = 0;
  int right = 0;
  Drawn operator()(Ui& ui) {
    ui.begin_screen("counters");
    const bool l = button(ui, "left", kLeft, {.label = "左"});
    const bool r = button(ui, "right", kRight, {.label = "右"});
    left += l ? 1 : 0;
    right += r ? 1 : 0;
    return l || r ? Drawn::stale : Drawn::current;
  }
};

TEST(InputQueue, EachPressAndReleaseGetsAFrameOfItsOwnAndRunsShareOne) {
  InputQueue queue;
  const base::SteadyTime now{};
  for (const Input& input :
       {Input{PointerDown{}}, Input{PointerMoved{}}, Input{PointerMoved{}}, Input{PointerUp{}}, Input{PointerDown{}},
        Input{PointerUp{}}, Input{TextTyped{"a"}}, Input{KeyPressed{Key::enter}}, Input{PointerLost{}}}) {
    queue.push({input, now});
  }
  std::vector<std::size_t> steps;
  while (!queue.empty()) {
    steps.push_back(queue.take_step().size());
  }
  EXPECT_EQ(steps, (std::vector<std::size_t>{1, 2, 1, 1, 1, 2, 1}));
  EXPECT_TRUE(queue.take_step().empty());
}

TEST(Touch, ADownAndAnUpInOneBatchIsAClick) {
  Counters counters;
  Hand hand(std::ref(counters));
  hand.tap("left");
  EXPECT_EQ(counters.left, 1);
  EXPECT_EQ(counters.right, 0);
}

TEST(Touch, AHundredAlternatingTapsInOneBatchHitTheirTargets) {
  Counters counters;
  Hand hand(std::ref(counters));
  for (int i = 0; i < 50; ++i) {
    for (const Rect& rect : {kLeft, kRight}) {
      hand.feed(PointerDown{rect.centre()});
      hand.feed(PointerUp{rect.centre()});
    }
  }
  hand.look();
  EXPECT_EQ(counters.left, 50);
  EXPECT_EQ(counters.right, 50);
}

TEST(Touch, APressShowsAtOnce) {
  Counters counters;
  Hand hand(std::ref(counters));
  const std::vector<std::uint32_t> before = hand.memory();
  hand.press("left");
  EXPECT_NE(hand.memory(), before);
  hand.release("left");
  EXPECT_EQ(hand.memory(), before);
}

TEST(Touch, LeavingTheButtonBeforeLettingGoChoosesNothing) {
  Counters counters;
  Hand hand(std::ref(counters));
  hand.press("left");
  hand.feed(PointerMoved{kRight.centre()});
  hand.feed(PointerUp{kRight.centre()});
  hand.look();
  EXPECT_EQ(counters.left + counters.right, 0);
}

TEST(Touch, ALostTouchChoosesNothingAndTheNextOneWorks) {
  Counters counters;
  Hand hand(std::ref(counters));
  hand.press("left");
  hand.feed(PointerLost{});
  hand.feed(PointerUp{kLeft.centre()});
  hand.look();
  EXPECT_EQ(counters.left, 0);
  hand.tap("left");
  EXPECT_EQ(counters.left, 1);
}

TEST(Touch, AFingerJustBesideATargetMeansIt) {
  Counters counters;
  Hand hand(std::ref(counters));
  const Point beside{kLeft.right() + 3, kLeft.centre().y};
  hand.feed(PointerDown{beside});
  hand.feed(PointerUp{beside});
  hand.look();
  EXPECT_EQ(counters.left, 1);
}

TEST(Touch, GoesToWhatWasSeenThereNotToWhatJumpedUnderTheFinger) {
  bool moved = false;
  int first = 0;
  int second = 0;
  Hand hand([&](Ui& ui) {
    ui.begin_screen("jump");
    first += button(ui, "first", moved ? kRight : kLeft, {.label = "一"}) ? 1 : 0;
    second += button(ui, "second", moved ? kLeft : kRight, {.label = "二"}) ? 1 : 0;
    return Drawn::current;
  });
  moved = true;  // not drawn yet: the visitor still sees "first" on the left
  hand.feed(PointerDown{kLeft.centre()});
  hand.look();
  EXPECT_TRUE(moved);
  hand.feed(PointerUp{hand.item("first").rect.centre()});
  hand.look();
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 0);
}

TEST(Touch, AFingerHeldOverAChangeOfScreenChoosesNothing) {
  std::string screen = "one";
  int next = 0;
  Hand hand([&](Ui& ui) {
    ui.begin_screen(screen);
    next += button(ui, "next", kLeft, {.label = "下一步"}) ? 1 : 0;
    return Drawn::current;
  });
  hand.press("next");
  screen = "two";
  hand.look();
  hand.release("next");
  EXPECT_EQ(next, 0);
  hand.now += std::chrono::seconds{1};
  hand.tap("next");
  EXPECT_EQ(next, 1);
}

// Who taps twice must not agree to what was not read: the buttons of most pages lie in one place.
TEST(Touch, TheSecondTapOfTwoDoesNotAnswerTheNextScreen) {
  int screen = 1;
  Hand hand([&](Ui& ui) {
    ui.begin_screen("screen " + std::to_string(screen));
    if (!button(ui, "next", kLeft, {.label = "下一步"})) return Drawn::current;
    ++screen;
    return Drawn::stale;
  });
  hand.tap("next");
  ASSERT_EQ(screen, 2);
  hand.now += std::chrono::milliseconds{200};
  hand.tap("next");
  EXPECT_EQ(screen, 2);
  hand.now += std::chrono::milliseconds{100};
  hand.tap("next");
  EXPECT_EQ(screen, 3) << "that one was meant";
}

TEST(Touch, DisabledButtonsDoNotReact) {
  int count = 0;
  Hand hand([&](Ui& ui) {
    count += button(ui, "off", kLeft, {.label = "停用", .enabled = Enabled::no}) ? 1 : 0;
    return Drawn::current;
  });
  const auto before = hand.memory();
  hand.press("off");
  EXPECT_EQ(hand.memory(), before);
  hand.release("off");
  EXPECT_EQ(count, 0);
  EXPECT_FALSE(hand.item("off").enabled);
}

TEST(Touch, ADialogSwallowsWhatLiesBehindIt) {
  int behind = 0;
  bool open = true;
  std::optional<std::size_t> answer;
  Hand hand([&](Ui& ui) {
    ui.begin_screen("dialog");
    behind += button(ui, "behind", kLeft, {.label = "后面"}) ? 1 : 0;
    if (open) {
      const auto touched =
          dialog(ui, "ask", {.title = "确定吗？", .buttons = {{"no", "取消"}, {"yes", "确定", ButtonKind::primary}}});
      if (touched) {
        answer = touched;
        open = false;
        return Drawn::stale;
      }
    }
    return Drawn::current;
  });
  EXPECT_TRUE(hand.item("behind").covered);
  hand.tap("behind");
  EXPECT_EQ(behind, 0);
  hand.tap("yes");
  EXPECT_EQ(answer, 1U);
  EXPECT_FALSE(hand.item("behind").covered);
  hand.tap("behind");
  EXPECT_EQ(behind, 1);
}

TEST(Touch, ADialogThatAppearsUnderAFingerTakesTheTouchAway) {
  int behind = 0;
  bool open = false;
  Hand hand([&](Ui& ui) {
    ui.begin_screen("dialog");
    behind += button(ui, "behind", kLeft, {.label = "后面"}) ? 1 : 0;
    if (open) {
      (void)dialog(ui, "ask", {.title = "还在吗？", .buttons = {{"yes", "继续", ButtonKind::primary}}});
    }
    return Drawn::current;
  });
  hand.press("behind");
  open = true;
  hand.look();
  hand.release("behind");
  EXPECT_EQ(behind, 0);
}

TEST(Touch, AStaleFrameIsDrawnAgainBeforeItIsShown) {
  int page = 0;
  int drawn = 0;
  Hand hand([&](Ui& ui) {
    ++drawn;
    ui.begin_screen(std::to_string(page));
    if (button(ui, "go", kLeft, {.label = "去"})) {
      ++page;
      return Drawn::stale;
    }
    ui.text({40, 400, 400, 100}, page == 0 ? "甲" : "乙");
    return Drawn::current;
  });
  hand.press("go");
  const int frames = hand.frames;
  const int before = drawn;
  hand.release("go");
  EXPECT_EQ(hand.frames, frames + 1);
  EXPECT_EQ(drawn, before + 2);
  EXPECT_EQ(hand.items().back().label, "乙");
}

TEST(Touch, ADrawFunctionThatNeverSettlesIsStillShown) {
  Hand hand([](Ui& ui) {
    ui.fill(ui.screen(), rgb(0x336699));
    return Drawn::stale;
  });
  EXPECT_EQ(hand.memory().front() & 0xFFFFFFU, 0x336699U);
}

}  // namespace
}  // namespace bangwu::widgets
