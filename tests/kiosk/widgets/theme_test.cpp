#include "widgets/theme.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>

namespace bangwu::widgets {
namespace {

const Panel kPanels[] = {{1080, 1920, 32}, {1080, 1920, 21.5F}, {1080, 1920, 15.6F}, {1920, 1080, 24},
                         {1920, 1080, 32}, {1366, 768, 15},     {2160, 3840, 32}};
constexpr TextStyle kStyles[] = {TextStyle::display,     TextStyle::title,    TextStyle::heading,      TextStyle::body,
                                 TextStyle::body_strong, TextStyle::small,    TextStyle::small_strong, TextStyle::key,
                                 TextStyle::clock,       TextStyle::statement};

TEST(Theme, AThirtyTwoInchPortraitPanelHasAboutTwoPointSevenPixelsAMillimetre) {
  EXPECT_NEAR(pixels_per_mm({1080, 1920, 32}), 2.71F, 0.005F);
}

TEST(Theme, KeepsTheMinimaInRealMillimetresOnEveryPanel) {
  for (const Panel& panel : kPanels) {
    const Theme theme(panel);
    EXPECT_GE(theme.real_mm(theme.target), kMinimumTarget.value) << panel.width << "x" << panel.height;
    EXPECT_GE(theme.real_mm(theme.button_height), kMinimumTarget.value);
    EXPECT_GE(theme.real_mm(theme.gap), kMinimumGap.value);
    EXPECT_GE(theme.real_mm(theme.px(kMinimumGap)), kMinimumGap.value);
    for (const TextStyle style : kStyles) {
      EXPECT_GE(theme.real_mm(theme.type(style).em), kMinimumEm.value) << static_cast<int>(style);
      EXPECT_GE(theme.type(style).line, theme.type(style).em);
    }
  }
}

TEST(Theme, LargerTextSizesReachTheirHeights) {
  for (const Panel& panel : kPanels) {
    const float large = Theme(panel, TextSize::large).type(TextStyle::body).em;
    const float largest = Theme(panel, TextSize::largest).type(TextStyle::body).em;
    EXPECT_GE(Theme(panel).real_mm(large), 6.4F);
    EXPECT_GE(Theme(panel).real_mm(largest), 8.5F);
  }
}

TEST(Theme, AskingForAMinimumNeverRoundsBelowIt) {
  for (const Panel& panel : kPanels) {
    const Theme theme(panel);
    for (float mm = 0.5F; mm < 60; mm += 0.37F) {
      EXPECT_GE(theme.px({mm}) + 0.02F, mm * pixels_per_mm(panel));
      EXPECT_EQ(theme.px({mm}), std::round(theme.px({mm})));
    }
  }
}

TEST(Theme, ContrastFollowsWcag) {
  EXPECT_NEAR(contrast(rgb(0x000000), rgb(0xFFFFFF)), 21.F, 0.01F);
  EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xFFFFFF)), 4.48F, 0.01F);
  EXPECT_FLOAT_EQ(contrast(rgb(0x123456), rgb(0x123456)), 1.F);
}

TEST(Theme, EveryInkIsReadableOnEveryGroundItMeets) {
  const Theme theme(Panel{});
  const Palette& p = theme.palette();
  const Colour grounds[] = {p.background, p.surface, p.sunken, p.accent_soft};
  for (const Colour ground : grounds) {
    EXPECT_GE(contrast(p.ink, ground), 7.F);
    EXPECT_GE(contrast(p.ink_soft, ground), 4.5F);
    EXPECT_GE(contrast(p.accent, ground), 4.5F);
  }
  EXPECT_GE(contrast(p.ink_disabled, p.fill_disabled), 4.5F);
  for (const Colour ground : {p.accent, p.accent_pressed, p.error, p.error_pressed, p.success, p.warning, p.header}) {
    EXPECT_GE(contrast(p.on_accent, ground), 4.5F);
  }
  EXPECT_GE(contrast(p.header_soft, p.header), 4.5F);
  for (const Tone tone : {Tone::neutral, Tone::accent, Tone::success, Tone::warning, Tone::error}) {
    EXPECT_GE(contrast(theme.colour(tone), theme.soft_colour(tone)), 4.5F) << static_cast<int>(tone);
    EXPECT_GE(contrast(theme.colour(tone), p.surface), 4.5F);
    EXPECT_GE(contrast(p.ink, theme.soft_colour(tone)), 7.F);
  }
}

TEST(Theme, EdgesOfControlsStandOut) {  // WCAG 2.2, 1.4.11
  const Palette p = Theme(Panel{}).palette();
  for (const Colour ground : {p.background, p.surface}) {
    EXPECT_GE(contrast(p.outline, ground), 3.F);
  }
}

}  // namespace
}  // namespace bangwu::widgets
