#include <algorithm>

#include "screens/dates.h"
#include "screens/page_parts.h"
#include "screens/page_sheet.h"
#include "screens/problem_words.h"
#include "session/capture/view.h"

namespace bangwu::screens {
namespace {

std::string label_of(const session::PagesView& view, std::size_t shown) {
  const auto number = trf("第 {page} 页", {{"page", std::to_string(view.first + shown + 1)}});
  return view.shown[shown].looks_blank ? number + tr("（空白？）") : number;
}

// Few pages are shown large, six small.
int columns_for(std::size_t count, bool landscape) {
  const int many = static_cast<int>(count);
  if (many <= 1) return 1;
  if (landscape) return std::min(3, many);
  return many <= 4 ? 2 : 3;
}

void draw_grid(Scene& scene, const session::PagesView& view) {
  const auto& theme = scene.theme();
  const int count = static_cast<int>(view.shown.size());
  const int columns = columns_for(view.shown.size(), theme.landscape());
  const int rows = std::max(1, (count + columns - 1) / columns);
  const float share = (scene.body.h - theme.gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  const auto detail = count <= 2 ? Detail::large : Detail::thumbnail;
  auto cells = scene.body.grid(count, columns, std::floor(share), theme.gap);
  for (std::size_t i = 0; i < view.shown.size(); ++i) {
    // A single page need not be a poster.
    if (columns == 1) cells[i] = cells[i].centred({std::min(cells[i].w, cells[i].h * 0.74F), cells[i].h});
    if (sheet_button(scene, "page:" + std::to_string(view.first + i), cells[i], view.shown[i], label_of(view, i),
                     detail)) {
      scene.say(session::PageOpened{view.first + i});
    }
  }
}

std::string lead_of(const session::PagesView& view) {
  const auto pages = page_count_words(view.total);
  if (view.screenfuls == 1) return trf("共 {pages}。点一页可以放大、旋转、调整顺序、重拍或移除。", {{"pages", pages}});
  const auto first = std::to_string(view.first + 1);
  const auto last = std::to_string(view.first + view.shown.size());
  return trf("共 {pages}，这里是第 {first} 至 {last} 页。点一页可以放大、旋转、调整顺序、重拍或移除。",
             {{"pages", pages}, {"first", first}, {"last", last}});
}

void draw_bar(Scene& scene, const session::PagesView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  Rect bar = scene.body.take_bottom(theme.button_height, theme.gap);
  if (view.screenfuls > 1) {
    const widgets::ButtonSpec previous{
        .label = tr("上一页"), .icon = Icon::chevron_left, .enabled = enabled_if(view.screenful > 0)};
    const widgets::ButtonSpec next{.label = tr("下一页"),
                                   .trailing_icon = Icon::chevron_right,
                                   .enabled = enabled_if(view.screenful + 1 < view.screenfuls)};
    const float width = std::max(widgets::size_of(ui, previous).w, widgets::size_of(ui, next).w);
    if (widgets::button(ui, "list:prev", bar.take_left(width, theme.gap), previous)) scene.say(session::ListTurned{-1});
    if (widgets::button(ui, "list:next", bar.take_right(width, theme.gap), next)) scene.say(session::ListTurned{1});
  }
  const widgets::ButtonSpec add{.label = tr("继续添加页"), .icon = Icon::add, .enabled = enabled_if(view.may_add)};
  bar = bar.centred({std::min(bar.w, std::max(widgets::size_of(ui, add).w, ui.px(110_mm))), bar.h});
  if (widgets::button(ui, "add", bar, add)) scene.say(session::MaterialOpened{view.material.id});
}

}  // namespace

void draw_pages_screen(Scene& scene, const session::PagesView& view) {
  question_beside(scene);
  ask(scene, tr_catalogue(view.material.name), lead_of(view));
  if (view.fault != domain::PageFault::none) {
    const auto problem = words_for(view.fault, Captured::first_pages);
    remark(scene, Tone::warning, problem.words, problem.title);
  }
  draw_bar(scene, view);
  draw_grid(scene, view);
}

}  // namespace bangwu::screens
