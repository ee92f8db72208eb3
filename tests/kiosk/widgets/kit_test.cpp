#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "gallery_pages.h"
#include "hand.h"
#include "widgets/icons.h"
#include "widgets/page_frame.h"
#include "widgets/pictures.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

using tests::Hand;

const Panel kPanels[] = {{1080, 1920, 32}, {1920, 1080, 24}, {1080, 1920, 21.5F}};

/// What must hold of every page drawn with the kit, shown on the gallery's pages.
class EveryPage : public testing::TestWithParam<std::size_t> {
 protected:
  void TearDown() override { set_language(Language::zh_CN); }
  void on_each(const std::function<void(Hand&, const Theme&)>& check) const {
    const tests::GalleryPage page = tests::gallery_pages()[GetParam()];
    for (const Panel& panel : kPanels) {
      for (const auto& facts : base::kLanguages) {
        set_language(facts.language);
        SCOPED_TRACE(page.name + " " + std::to_string(panel.width) + " " + facts.name);
        Hand hand(
            [&](Ui& ui) {
              page.draw(ui);
              return Drawn::current;
            },
            panel);
        hand.look();
        check(hand, Theme(panel));
      }
    }
  }
};

TEST_P(EveryPage, TargetsAreLargeEnough) {
  on_each([](Hand& hand, const Theme& theme) {
    for (const Item& item : hand.items()) {
      if (item.touchable && item.role != Role::dialog && item.role != Role::scroll) {
        EXPECT_GE(theme.real_mm(item.rect.w) + 0.01F, kMinimumTarget.value) << item.id;
        EXPECT_GE(theme.real_mm(item.rect.h) + 0.01F, kMinimumTarget.value) << item.id;
      }
    }
  });
}

TEST_P(EveryPage, TargetsKeepTheirDistance) {
  on_each([](Hand& hand, const Theme& theme) {
    const auto nests = [](const Item& outer, const Item& inner) { return inner.id.starts_with(outer.id + ":"); };
    const auto& items = hand.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
      for (std::size_t k = i + 1; k < items.size(); ++k) {
        const Item& a = items[i];
        const Item& b = items[k];
        const bool ground =
            a.role == Role::dialog || a.role == Role::scroll || b.role == Role::dialog || b.role == Role::scroll;
        if (!a.touchable || !b.touchable || ground || a.covered != b.covered || a.covered || nests(a, b) ||
            a.visible.empty() || b.visible.empty()) {
          continue;
        }
        const float dx = std::max(a.visible.x, b.visible.x) - std::min(a.visible.right(), b.visible.right());
        const float dy = std::max(a.visible.y, b.visible.y) - std::min(a.visible.bottom(), b.visible.bottom());
        EXPECT_GE(theme.real_mm(std::max(dx, dy)) + 0.01F, kMinimumGap.value) << a.id << " / " << b.id;
      }
    }
  });
}

TEST_P(EveryPage, IdsAreUniqueAndTouchedThingsHaveNames) {
  on_each([](Hand& hand, const Theme&) {
    std::set<std::string> ids;
    for (const Item& item : hand.items()) {
      if (!item.id.empty()) {
        EXPECT_TRUE(ids.insert(item.id).second) << item.id;
      }
      const bool named =
          item.role == Role::dialog || item.role == Role::scroll || item.role == Role::field || !item.label.empty();
      EXPECT_TRUE(!item.touchable || (named && !item.id.empty())) << item.id;
    }
  });
}

TEST_P(EveryPage, DrawnAgainIsTheSameBitForBit) {
  on_each([](Hand& hand, const Theme&) {
    const auto before = hand.memory();
    hand.stage().repaint_all();
    hand.look();
    EXPECT_TRUE(hand.memory() == before);
    EXPECT_TRUE(hand.stage()
                    .frame(
                        hand.now, [](Ui&) { return Drawn::current; }, hand.pixels())
                    .size() == 1);
  });
}

INSTANTIATE_TEST_SUITE_P(Gallery, EveryPage, testing::Range<std::size_t>(0, 10),
                         [](const auto& page) { return tests::gallery_pages()[page.param].name; });

TEST(Icons, EachHasAFileThatDraws) {
  for (int i = 1; i < kIconCount; ++i) {
    const auto icon = static_cast<Icon>(i);
    Hand hand(
        [&](Ui& ui) {
          ui.fill(ui.screen(), rgb(0xFFFFFF));
          ui.icon({0, 0, 64, 64}, icon, rgb(0x000000));
          return Drawn::current;
        },
        {80, 80, 2});
    long dark = 0;
    for (const std::uint32_t pixel : hand.memory()) {
      dark += (pixel & 0xFFU) < 128 ? 1 : 0;
    }
    EXPECT_GT(dark, 60) << name_of(icon);
    EXPECT_LT(dark, 2200) << name_of(icon);
  }
}

TEST(Text, MeasuresWhatItDraws) {
  Hand hand([](Ui& ui) {
    const Rect area{40, 40, 300, 1000};
    const std::string words = "根据《社会保险法》第五十八条规定，用人单位应当办理登记。";
    EXPECT_FLOAT_EQ(ui.text(area, words), ui.measure(words, TextStyle::body, area.w).h);
    EXPECT_LE(ui.measure(words, TextStyle::body, area.w).w, area.w);
    EXPECT_FLOAT_EQ(ui.text(area, words, {.max_lines = 2}), 2 * ui.theme().type(TextStyle::body).line);
    return Drawn::current;
  });
  EXPECT_EQ(hand.items().front().label, "根据《社会保险法》第五十八条规定，用人单位应当办理登记。");
}

TEST(Text, QuotationMarksAreNarrowInLatinTextOnly) {
  float chinese = 0;
  float english = 0;
  for (const Language words : {Language::zh_CN, Language::en}) {
    set_language(words);
    Hand hand([&](Ui& ui) {
      (words == Language::en ? english : chinese) = ui.line_width("“”", TextStyle::body);
      return Drawn::current;
    });
  }
  set_language(Language::zh_CN);
  EXPECT_GT(chinese, english * 1.7F);
}

TEST(Signature, KeepsThePointsAndInksThemInTheSameFrame) {
  std::vector<Stroke> strokes;
  Hand hand([&](Ui& ui) {
    ui.fill(ui.screen(), rgb(0xFFFFFF));
    (void)signature_pad(ui, "pad", {100, 100, 800, 400}, strokes, {.base_line = false});
    return Drawn::current;
  });
  const auto before = hand.memory();
  hand.feed(PointerDown{{200, 200}});
  for (int i = 1; i <= 50; ++i) {
    hand.now += std::chrono::milliseconds{8};
    hand.feed(PointerMoved{{200 + static_cast<float>(i) * 10, 200 + static_cast<float>(i)}});
  }
  hand.look();
  ASSERT_EQ(strokes.size(), 1U);
  ASSERT_EQ(strokes[0].size(), 51U);
  EXPECT_EQ(strokes[0].back().t, std::chrono::milliseconds{400});
  EXPECT_NEAR(strokes[0].back().x, 0.75F, 0.01F);
  EXPECT_NE(hand.memory(), before);
  EXPECT_LT(hand.memory()[225 * 1080 + 450] & 0xFFU, 90U);
  hand.feed(PointerUp{{700, 250}});
  hand.look();
  strokes.clear();
  hand.look();
  EXPECT_EQ(hand.memory(), before);
}

TEST(Signature, StaysInsideThePad) {
  std::vector<Stroke> strokes;
  Hand hand([&](Ui& ui) {
    (void)signature_pad(ui, "pad", {100, 100, 800, 400}, strokes);
    return Drawn::current;
  });
  hand.feed(PointerDown{{850, 450}});
  hand.feed(PointerMoved{{2000, -50}});
  hand.look();
  EXPECT_EQ(strokes[0].back().x, 1.F);
  EXPECT_EQ(strokes[0].back().y, 0.F);
}

class Pictures : public testing::Test {
 protected:
  /// 40 × 20, the left half red, the right half blue, one green pixel row at the top.
  static Picture sample() {
    std::vector<std::uint8_t> rgb_bytes;
    for (int y = 0; y < 20; ++y) {
      for (int x = 0; x < 40; ++x) {
        const bool top = y < 5;
        rgb_bytes.push_back(!top && x < 20 ? 255 : 0);
        rgb_bytes.push_back(top ? 255 : 0);
        rgb_bytes.push_back(!top && x >= 20 ? 255 : 0);
      }
    }
    return *Picture::from_rgb(40, 20, 120, rgb_bytes);
  }
};

TEST_F(Pictures, TurnClockwise) {
  const Picture picture_shown = sample();
  const auto corner_of = [&](Rotation rotation, Size size, Point at) {
    Hand hand(
        [&](Ui& ui) {
          picture(ui, "p", {0, 0, size.w, size.h}, picture_shown, "样张", rotation);
          return Drawn::current;
        },
        {80, 80, 2});
    return hand.memory()[static_cast<std::size_t>(at.y) * 80 + static_cast<std::size_t>(at.x)] & 0xFFFFFFU;
  };
  EXPECT_EQ(corner_of(Rotation::none, {40, 20}, {2, 2}), 0x00FF00U);
  EXPECT_EQ(corner_of(Rotation::none, {40, 20}, {2, 18}), 0xFF0000U);
  EXPECT_EQ(corner_of(Rotation::quarter, {20, 40}, {18, 2}), 0x00FF00U);
  EXPECT_EQ(corner_of(Rotation::quarter, {20, 40}, {2, 2}), 0xFF0000U);
  EXPECT_EQ(corner_of(Rotation::half, {40, 20}, {2, 18}), 0x00FF00U);
  EXPECT_EQ(corner_of(Rotation::half, {40, 20}, {2, 2}), 0x0000FFU);
  EXPECT_EQ(corner_of(Rotation::three_quarters, {20, 40}, {2, 2}), 0x00FF00U);
  EXPECT_EQ(corner_of(Rotation::three_quarters, {20, 40}, {18, 2}), 0x0000FFU);
}

TEST_F(Pictures, ShrinkingAverages) {
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < 64 * 64; ++i) {
    bytes.insert(bytes.end(), 3, static_cast<std::uint8_t>((i % 64 + i / 64) % 2 == 0 ? 255 : 0));
  }
  const Picture board = *Picture::from_rgb(64, 64, 192, bytes);
  Hand hand(
      [&](Ui& ui) {
        picture(ui, "p", {0, 0, 32, 32}, board, "棋盘");
        return Drawn::current;
      },
      {80, 80, 2});
  EXPECT_NEAR(static_cast<double>(hand.memory()[16 * 80 + 16] & 0xFFU), 127.5, 2);
}

TEST_F(Pictures, OneCanBeShownInSeveralWaysInAFrame) {
  const Picture picture_shown = sample();
  Hand hand(
      [&](Ui& ui) {
        picture(ui, "a", {0, 0, 40, 20}, picture_shown, "一", Rotation::none);
        picture(ui, "b", {0, 20, 20, 40}, picture_shown, "二", Rotation::quarter);
        return Drawn::current;
      },
      {80, 80, 2});
  EXPECT_EQ(hand.memory()[2 * 80 + 2] & 0xFFFFFFU, 0x00FF00U);
  EXPECT_EQ(hand.memory()[22 * 80 + 18] & 0xFFFFFFU, 0x00FF00U);
}

TEST_F(Pictures, WrongSizesAreRefused) {
  const std::vector<std::uint8_t> bytes(100);
  EXPECT_FALSE(Picture::from_rgb(0, 5, 0, bytes));
  EXPECT_FALSE(Picture::from_rgb(10, 10, 30, bytes));
  EXPECT_FALSE(Picture::from_rgb(10, 2, 20, bytes));
}

}  // namespace
}  // namespace bangwu::widgets
