#include <algorithm>
#include <array>

#include "screens/names.h"
#include "screens/page_parts.h"
#include "session/rate/view.h"

namespace bangwu::screens {
namespace {

using session::RatingText;

void draw_level(Scene& scene, const domain::RatingLevel& level) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  Rect card = scene.words().take_top(ui.px(30_mm), theme.space);
  ui.card(card);
  Rect inside = card.inset(theme.space, theme.gap);
  ui.icon(inside.take_left(inside.h, theme.space), face_of(level), ui.palette().accent);
  const float used = theme.type(TextStyle::small).line + theme.type(TextStyle::heading).line;
  inside.skip_top(std::max(0.F, (inside.h - used) / 2));
  inside.skip_top(ui.text(inside, tr("您选择了"), {.style = TextStyle::small, .colour = ui.palette().ink_soft}));
  ui.text(inside, words_for(level), {.style = TextStyle::heading});
}

void draw_reasons(Scene& scene, const session::RateDetailsView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto& reasons = domain::rating_reasons(view.level);
  widgets::paragraph(ui, scene.body, tr("和哪些方面有关？（选填，可多选）"), {.style = TextStyle::heading});
  const int columns = theme.landscape() ? 3 : 2;
  const int rows = (static_cast<int>(reasons.size()) + columns - 1) / columns;
  const float width = (scene.body.w - theme.gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  float height = theme.button_height;
  std::vector<widgets::CheckSpec> specs;
  for (const auto& reason : reasons) {
    const bool chosen = std::find(view.reasons.begin(), view.reasons.end(), reason.code) != view.reasons.end();
    specs.push_back({.label = words_for(reason), .checked = selected_if(chosen)});
    height = std::max(height, widgets::height_of(ui, specs.back(), width));
  }
  const auto cells = scene.body.grid(static_cast<int>(reasons.size()), columns, height, theme.gap);
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (widgets::check_row(ui, "reason:" + reasons[i].code, cells[i], specs[i]))
      scene.say(session::ReasonToggled{reasons[i].code});
  }
  scene.body.skip_top((height + theme.gap) * static_cast<float>(rows) + theme.gap);
}

void draw_texts(Scene& scene, const session::RateDetailsView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  struct Line {
    const char* id;
    RatingText text;
    Icon icon;
    std::string title, value;
  };
  const std::array lines{
      Line{"text:words", RatingText::words, Icon::edit, tr("意见和建议（选填）"), view.words},
      Line{"text:name", RatingText::name, Icon::person, tr("评价人姓名（选填）"), view.name},
      Line{"text:telephone", RatingText::telephone, Icon::phone, tr("联系电话（选填）"), view.telephone}};
  widgets::paragraph(ui, scene.body, tr("还想说点什么？"), {.style = TextStyle::heading});
  for (const auto& line : lines) {
    const widgets::RowSpec row{
        .icon = line.icon, .title = line.title, .subtitle = line.value, .opens = widgets::Opens::yes};
    const Rect area = scene.body.take_top(std::max(widgets::height_of(ui, row, scene.body.w), ui.px(24_mm)), theme.gap);
    if (widgets::list_row(ui, line.id, area, row) == widgets::RowTouch::row)
      scene.say(session::RatingTextOpened{line.text});
  }
}

}  // namespace

void draw_rate_details_screen(Scene& scene, const session::RateDetailsView& view) {
  question_beside(scene);
  ask(scene, tr("还想补充什么？都可以不填"));
  tip(scene, Icon::info, tr("点“提交评价”即可；不操作时，会按已选的内容自动提交。留下电话，需要时我们会回访。"));
  if (scene.aside.w > 0) draw_level(scene, view.level);
  widgets::scroll_area(scene.ui, "details", scene.body, scene.state.scroll, [&](Rect area) {
    constexpr float kAsHighAsItLikes = 100000;
    Scene inner{scene.ui,
                scene.language,
                scene.now,
                scene.tools,
                scene.state,
                scene.emit,
                {area.x, area.y, area.w, kAsHighAsItLikes}};
    if (scene.aside.w <= 0) draw_level(inner, view.level);
    draw_reasons(inner, view);
    draw_texts(inner, view);
    return inner.body.y - area.y - scene.theme().gap;
  });
}

}  // namespace bangwu::screens
