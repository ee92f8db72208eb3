#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "layout_rules.h"
#include "screen_stage.h"

namespace bangwu::tests {
namespace {

class Goldens : public testing::TestWithParam<Variant> {};

void begin_composing(ScreenStage& stage, const std::string& name) {
  if (name != "name.typed") return;
  for (const char letter : std::string{"xiaoyan"}) stage.pinyin.press(letter);
}

// BANGWU_PREVIEW=list draws only the previews whose names begin so: for a designer's quick look.
bool is_wanted(const std::string& name) {
  const char* wanted = std::getenv("BANGWU_PREVIEW");
  return wanted == nullptr || name.starts_with(wanted);
}

void draw_all(const Variant& variant, const std::function<void(const std::string& name, ScreenStage& stage)>& look) {
  for (const auto& preview : screens::previews()) {
    if (!is_wanted(preview.name)) continue;
    ScreenStage stage(variant, preview.view);
    stage.draw();
    begin_composing(stage, preview.name);
    stage.draw();
    look(preview.name + "." + variant.name, stage);
  }
}

TEST_P(Goldens, EveryPreviewLooksAsItDidAndKeepsTheLayoutRules) {
  draw_all(GetParam(), [](const std::string& name, ScreenStage& stage) {
    for (const auto& broken : broken_layout_rules(stage.items(), GetParam().panel))
      ADD_FAILURE() << name << ": " << broken;
    EXPECT_EQ(compare_with_golden(BANGWU_GOLDENS, name, stage.bitmap()), "");
  });
}

// A machine runs all day: by then its glyph atlas has dropped sizes and filled again (widgets/font_loader.cpp).
TEST(GoldensOfAWornMachine, LookAsOnAFreshOne) {
  draw_all(variants()[0], [](const std::string&, ScreenStage&) {});
  draw_all(variants()[2], [](const std::string& name, ScreenStage& stage) {
    EXPECT_EQ(compare_with_golden(BANGWU_GOLDENS, name, stage.bitmap()), "");
  });
}

INSTANTIATE_TEST_SUITE_P(Screens, Goldens, testing::ValuesIn(variants()),
                         [](const auto& each) { return test_name(each.param); });

}  // namespace
}  // namespace bangwu::tests
