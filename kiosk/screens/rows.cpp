#include <algorithm>

#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "screens/value_words.h"
#include "session/form/view.h"

namespace bangwu::screens {
namespace {

std::string title_of(const session::RowsView& view, std::size_t row) {
  const auto& cells = view.rows[row];
  if (cells.empty() || cells.front().empty()) return trf("第 {row} 条", {{"row", std::to_string(row + 1)}});
  return value_words(view.field.columns.front(), cells.front());
}

std::string summary_of(const session::RowsView& view, std::size_t row) {
  std::string words;
  const auto& cells = view.rows[row];
  for (std::size_t i = 1; i < cells.size() && i < view.field.columns.size(); ++i) {
    const auto value = cells[i].empty() ? tr("未提供") : value_words(view.field.columns[i], cells[i]);
    if (!words.empty()) words += "\n";
    words += trf("{name}：{value}", {{"name", tr_catalogue(view.field.columns[i].label)}, {"value", value}});
  }
  return words;
}

widgets::ButtonSpec change_button() { return {.label = tr("更改"), .icon = Icon::edit}; }
widgets::ButtonSpec remove_button() { return {.label = tr("移除"), .kind = ButtonKind::danger, .icon = Icon::trash}; }

// Beside one another where the page is wide, else one below the other.
struct Buttons {
  float each = 0, all = 0, height = 0;
};

Buttons buttons_of(Ui& ui) {
  const auto& theme = ui.theme();
  const float each = std::max(widgets::size_of(ui, change_button()).w, widgets::size_of(ui, remove_button()).w);
  if (theme.landscape()) return {each, each * 2 + theme.gap, theme.target};
  return {each, each, theme.target * 2 + theme.gap};
}

void draw_row(Scene& scene, Rect area, const session::RowsView& view, std::size_t row) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  ui.card(area);
  Rect inside = area.inset(theme.gap * 1.5F);
  const auto number = std::to_string(row);
  const auto buttons = buttons_of(ui);
  const Rect all = inside.take_right(buttons.all, theme.space);
  const Rect block = all.centred({all.w, buttons.height});
  const Rect change{block.x, block.y, buttons.each, theme.target};
  const Rect remove{block.right() - buttons.each, block.bottom() - theme.target, buttons.each, theme.target};
  if (widgets::button(ui, "row:open:" + number, change, change_button())) scene.say(session::RowOpened{row});
  if (widgets::button(ui, "row:remove:" + number, remove, remove_button())) scene.say(session::RowRemoved{row});
  inside.skip_top(ui.text(inside, title_of(view, row), {.style = TextStyle::body_strong}) + theme.gap / 2);
  ui.text(inside, summary_of(view, row), {.style = TextStyle::small, .colour = ui.palette().ink_soft});
}

float row_height(Scene& scene, float width, const session::RowsView& view, std::size_t row) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto buttons = buttons_of(ui);
  const float inner = width - theme.gap * 3 - theme.space - buttons.all;
  const float words = ui.measure(title_of(view, row), TextStyle::body_strong, inner).h + theme.gap / 2 +
                      ui.measure(summary_of(view, row), TextStyle::small, inner).h;
  return std::max(words, buttons.height) + theme.gap * 3;
}

}  // namespace

void draw_rows_screen(Scene& scene, const session::RowsView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  question_beside(scene);
  const auto place = trf("申请表 · 第 {number} 项，共 {of} 项",
                         {{"number", std::to_string(view.number)}, {"of", std::to_string(view.of)}});
  ask_at(scene, place, tr_catalogue(view.field.label) + (view.field.required ? std::string{} : tr("（选填）")),
         tr_catalogue(view.field.hint));
  if (is_problem(view.problem)) remark(scene, Tone::error, words_for(view.problem, view.field, {}));
  const Rect add = scene.words().take_bottom(theme.button_height, theme.space);
  const widgets::ButtonSpec spec{.label = tr("添加一条"), .icon = Icon::add, .enabled = enabled_if(view.may_add)};
  if (widgets::button(ui, "row:add", add, spec)) scene.say(session::RowAdded{});
  if (view.rows.empty()) {
    announcement(ui, scene.body, Icon::list, Tone::neutral, tr("还没有添加"),
                 tr("请点下方的“添加一条”，一条一条地填写。"));
    return;
  }
  widgets::scroll_area(ui, "rows", scene.body, scene.state.scroll, [&](Rect area) {
    const float top = area.y;
    for (std::size_t row = 0; row < view.rows.size(); ++row) {
      const float height = row_height(scene, area.w, view, row);
      draw_row(scene, {area.x, area.y, area.w, height}, view, row);
      area.y += height + theme.gap;
    }
    return area.y - top;
  });
}

}  // namespace bangwu::screens
