#include "widgets/page_frame.h"

#include <gtest/gtest.h>

#include "hand.h"

namespace bangwu::widgets {
namespace {

using tests::Hand;

TEST(PageFrame, AnswersItsButtonsAndLeavesOutWhatIsAbsent) {
  PageTouch touched = PageTouch::none;
  Hand hand([&](Ui& ui) {
    const PageResult result = page_frame(ui, {.screen = "p",
                                              .place = "大厅",
                                              .step = StepOf{3, 6, "材料"},
                                              .back = NavigationButton{},
                                              .next = NavigationButton{.label = "提交", .enabled = Enabled::no}});
    touched = result.touched != PageTouch::none ? result.touched : touched;
    EXPECT_FALSE(result.body.empty());
    return Drawn::current;
  });
  EXPECT_FALSE(hand.shows("home"));
  EXPECT_EQ(hand.item("next").label, "提交");
  EXPECT_EQ(hand.item("step").value, "3/6");
  hand.tap("next");
  EXPECT_EQ(touched, PageTouch::none);
  hand.tap("back");
  EXPECT_EQ(touched, PageTouch::back);
  hand.tap("language");
  EXPECT_EQ(touched, PageTouch::language);
  hand.tap("help");
  EXPECT_EQ(touched, PageTouch::help);
}

TEST(PageFrame, BarsAndBodyShareOneGrid) {
  for (const Panel& panel : {Panel{1080, 1920, 32}, Panel{1920, 1080, 24}}) {
    Rect body, first;
    const Hand hand(
        [&](Ui& ui) {
          body =
              page_frame(
                  ui,
                  {.screen = "p", .back = NavigationButton{}, .home = NavigationButton{}, .next = NavigationButton{}})
                  .body;
          Rect rest = body;
          first = take_columns(ui, rest, 1);
          EXPECT_EQ(rest.right(), body.right());
          return Drawn::current;
        },
        panel);
    EXPECT_EQ(hand.item("back").rect.x, body.x);
    EXPECT_EQ(hand.item("next").rect.right(), body.right());
    EXPECT_EQ(hand.item("language").rect.right(), body.right());
    EXPECT_EQ(first.right(), hand.item("back").rect.right());
  }
}

}  // namespace
}  // namespace bangwu::widgets
