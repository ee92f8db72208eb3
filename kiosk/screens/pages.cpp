#include <algorithm>

#include "screens/dates.h"
#include "screens/page_parts.h"
#include "screens/page_sheet.h"
#include "screens/problem_words.h"

namespace bangwu::screens {
namespace {

std::string label_of(const session::PagesView& view, std::size_t shown) {
  const auto number = trf("第 {page} 页", {{"page", std::to_string(view.first + shown + 1)}});
  return view.shown[shown].looks_blank ? number + tr("，可能是空白页") : number;
}

void draw_thumb(Scene& scene, Rect cell, const session::PagesView& view, std::size_t i) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto& thumb = view.shown[i];
  const auto id = "page:" + std::to_string(view.first + i);
  const auto label = label_of(view, i);
  Rect sheet = cell;
  const Rect caption = sheet.take_bottom(theme.type(TextStyle::small).line, theme.gap / 2);
  if (sheet_button(scene, id, sheet, thumb, label)) scene.say(session::PageOpened{view.first + i});
  ui.text(caption, label, {.style = thumb.looks_blank ? TextStyle::small_strong : TextStyle::small,
                           .colour = thumb.looks_blank ? ui.palette().warning : ui.palette().ink_soft, .align = Align::centre, .max_lines = 1});
}

void draw_grid(Scene& scene, const session::PagesView& view) {
  const auto& theme = scene.theme();
  constexpr int kMost = 6;
  const int columns = theme.landscape() ? kMost : kMost / 2;
  const int rows = kMost / columns;
  const float height = (scene.body.h - theme.space * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  const auto cells = scene.body.grid(static_cast<int>(view.shown.size()), columns, std::floor(height), theme.space);
  for (std::size_t i = 0; i < view.shown.size(); ++i) draw_thumb(scene, cells[i], view, i);
}

}  // namespace

void draw_pages_screen(Scene& scene, const session::PagesView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  ask(scene, tr_catalogue(view.material.name), trf("共 {pages}。点一页可以放大、旋转、调整顺序、重拍或移除。", {{"pages", page_count_words(view.total)}}));
  if (view.fault != domain::PageFault::none) {
    const auto problem = words_for(view.fault);
    widgets::banner(ui, scene.body, Tone::warning, problem.words, problem.title);
    scene.body.skip_top(theme.gap);
  }
  pager(scene, view.page, view.pages);
  const widgets::ButtonSpec add{.label = tr("继续添加页"), .icon = Icon::add, .enabled = enabled_if(view.may_add)};
  Rect bar = scene.body.take_bottom(theme.button_height, theme.space);
  bar = bar.centred({std::max(widgets::size_of(ui, add).w, ui.px(90_mm)), bar.h});
  if (widgets::button(ui, "add", bar, add)) scene.say(session::MaterialOpened{view.material.id});
  draw_grid(scene, view);
}

}  // namespace bangwu::screens
