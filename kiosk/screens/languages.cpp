#include <algorithm>

#include "screens/page_parts.h"

namespace bangwu::screens {

void draw_languages(Scene& scene) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const float width = std::min(ui.screen().w - 2 * theme.margin, ui.px(160_mm));
  const float row = std::max(widgets::height_of(ui, widgets::ChoiceSpec{.title = "中文"}, width), ui.px(24_mm));
  const float rows = base::kLanguages.size() * (row + theme.gap);
  const float height =
      theme.type(TextStyle::title).line + rows + theme.button_height + 2 * ui.px(10_mm) + ui.px(6_mm) + theme.space;
  Rect inside = widgets::overlay(ui, "languages_card", {width, height});
  widgets::heading(ui, inside, tr("选择语言"));
  for (const auto& facts : base::kLanguages) {
    inside.skip_top(theme.gap);
    // In its own words: it must be found by those who read nothing else.
    const widgets::ChoiceSpec spec{.title = facts.own_name, .selected = selected_if(facts.language == scene.language)};
    const bool is_chosen = widgets::choice(ui, std::string("lang:") + facts.name, inside.take_top(row), spec);
    if (is_chosen) scene.say(session::LanguageChosen{facts.language});
  }
  inside.skip_top(theme.space);
  const widgets::ButtonSpec close{.label = tr("关闭")};
  if (widgets::button(ui, "overlay:close", inside.take_top(theme.button_height), close))
    scene.say(session::OverlayClosed{});
}

}  // namespace bangwu::screens
