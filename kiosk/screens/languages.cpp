#include <algorithm>

#include "screens/page_parts.h"

namespace bangwu::screens {

void draw_languages(Scene& scene) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto current = scene.view.language;
  // Each language is named in itself: it must be found by those who read nothing else.
  const widgets::ChoiceSpec chinese{.title = "中文", .selected = selected_if(current == session::Language::zh_cn)};
  const widgets::ChoiceSpec english{.title = "English", .selected = selected_if(current == session::Language::en)};
  const float width = std::min(ui.screen().w - 2 * theme.margin, ui.px(160_mm));
  const float row = std::max(widgets::height_of(ui, chinese, width), ui.px(24_mm));
  const float height = theme.type(TextStyle::title).line + 2 * row + theme.button_height + 2 * ui.px(10_mm) + ui.px(6_mm) + 2 * theme.gap + theme.space;
  Rect inside = widgets::overlay(ui, "languages_card", {width, height});
  widgets::heading(ui, inside, tr("选择语言"));
  inside.skip_top(theme.gap);
  if (widgets::choice(ui, "lang:zh_CN", inside.take_top(row, theme.gap), chinese)) scene.say(session::LanguageChosen{session::Language::zh_cn});
  if (widgets::choice(ui, "lang:en", inside.take_top(row, theme.space), english)) scene.say(session::LanguageChosen{session::Language::en});
  const widgets::ButtonSpec close{.label = tr("关闭")};
  if (widgets::button(ui, "overlay:close", inside.take_top(theme.button_height), close)) scene.say(session::OverlayClosed{});
}

}  // namespace bangwu::screens
