#include <gtest/gtest.h>

#include "screen_stage.h"
#include "screens/result_words.h"
#include "widgets/words.h"

namespace bangwu::tests {
namespace {

bool is_seen_whole(const widgets::Item& item) { return !item.visible.empty() && item.visible == item.rect; }

bool shows(const ScreenStage& stage, const std::string& words) {
  return std::any_of(stage.items().begin(), stage.items().end(),
                     [&](const auto& item) { return item.label == words && is_seen_whole(item); });
}

class FirstSight : public testing::TestWithParam<Variant> {};

// Article 9: whether it passed, the limit with its date, how to collect; and the number to ask with.
TEST_P(FirstSight, AResultShowsWhatEverybodyNeedsWithoutScrolling) {
  for (const auto& preview : screens::previews()) {
    const auto* result = std::get_if<session::ResultView>(&preview.view.screen);
    if (result == nullptr) continue;
    ScreenStage stage(GetParam(), preview.view);
    stage.draw();
    EXPECT_TRUE(shows(stage, screens::title_of(*result))) << preview.name;
    EXPECT_TRUE(shows(stage, screens::explanation_of(*result))) << preview.name;
    EXPECT_TRUE(shows(stage, screens::limit_of(*result))) << preview.name;
    EXPECT_TRUE(shows(stage, screens::pickup_of(*result))) << preview.name;
    EXPECT_TRUE(shows(stage, result->number)) << preview.name;
    const auto* code = widgets::find_item(stage.items(), "qr");
    ASSERT_NE(code, nullptr) << preview.name;
    EXPECT_TRUE(is_seen_whole(*code)) << preview.name;
  }
}

TEST_P(FirstSight, ADeclarationIsReadWithoutScrollingAndEachPromiseStandsByItself) {
  ScreenStage stage(GetParam(), preview_view("declaration.open"));
  stage.draw();
  const std::string text = widgets::tr(std::get<session::DeclarationView>(stage.view.screen).text);
  const auto promises = std::count_if(stage.items().begin(), stage.items().end(), [&](const auto& item) {
    constexpr std::size_t kShorterThanAPromise = 40;  // bytes; a button's word may stand in the text, too
    return item.label.size() > kShorterThanAPromise && text.find(item.label) != std::string::npos &&
           is_seen_whole(item);
  });
  EXPECT_GE(promises, 2);
}

INSTANTIATE_TEST_SUITE_P(Screens, FirstSight, testing::ValuesIn(variants()),
                         [](const auto& each) { return test_name(each.param); });

}  // namespace
}  // namespace bangwu::tests
