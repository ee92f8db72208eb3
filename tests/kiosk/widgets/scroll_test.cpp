#include "widgets/scroll.h"

#include <gtest/gtest.h>

#include "hand.h"
#include "widgets/controls.h"

namespace bangwu::widgets {
namespace {

using tests::Hand;

class Scrolling : public testing::Test {
 protected:
  Drawn draw(Ui& ui) {
    ui.begin_screen("scroll");
    scroll_area(ui, "list", {40, 200, 800, 600}, state_, [&](Rect area) {
      const float top = area.y;
      for (int i = 0; i < 20; ++i) {
        if (button(ui, "row:" + std::to_string(i), area.take_top(100, 20), {.label = "行"})) {
          chosen_ = i;
        }
      }
      return area.y - top;
    });
    return Drawn::current;
  }
  ScrollState state_;
  int chosen_ = -1;
};

TEST_F(Scrolling, ButtonsPageToTheEndAndBack) {
  Hand hand([&](Ui& ui) { return draw(ui); });
  hand.look();
  EXPECT_FALSE(hand.item("list:up").enabled);
  for (int i = 0; i < 10 && hand.item("list:down").enabled; ++i) {
    hand.tap("list:down");
    hand.look();
  }
  EXPECT_FLOAT_EQ(hand.item("row:19").visible.h, 100);
  EXPECT_TRUE(hand.item("row:0").visible.empty());
  hand.tap("row:19");
  EXPECT_EQ(chosen_, 19);
  for (int i = 0; i < 10 && hand.item("list:up").enabled; ++i) {
    hand.tap("list:up");
    hand.look();
  }
  hand.tap("row:0");
  EXPECT_EQ(chosen_, 0);
}

TEST_F(Scrolling, DraggingMovesAndDoesNotChoose) {
  Hand hand([&](Ui& ui) { return draw(ui); });
  hand.look();
  hand.press("row:3");
  const Point from = hand.item("row:3").visible.centre();
  for (float way = 20; way <= 300; way += 20) {
    hand.feed(PointerMoved{{from.x, from.y - way}});
    hand.look();
  }
  hand.feed(PointerUp{{from.x, from.y - 300}});
  hand.look();
  EXPECT_FLOAT_EQ(state_.offset, 300);
  EXPECT_EQ(chosen_, -1);
}

TEST_F(Scrolling, WhatIsScrolledAwayCannotBeTouched) {
  Hand hand([&](Ui& ui) { return draw(ui); });
  hand.look();
  const Rect hidden = hand.item("row:6").rect;  // below the area's end
  ASSERT_GT(hidden.y, 800);
  hand.feed(PointerDown{hidden.centre()});
  hand.feed(PointerUp{hidden.centre()});
  hand.look();
  EXPECT_EQ(chosen_, -1);
}

}  // namespace
}  // namespace bangwu::widgets
