#include <algorithm>
#include <array>

#include "screens/page_parts.h"
#include "screens/page_sheet.h"
#include "session/capture/view.h"

namespace bangwu::screens {
namespace {

constexpr float kMostZoom = 4;
constexpr float kZoomStep = 1.5F;

struct Action {
  const char* id;
  std::string label;
  Icon icon;
  ButtonKind kind = ButtonKind::secondary;
  bool enabled = true;
};

std::array<Action, 7> actions_for(const session::PageView& view, float zoom) {
  return {{{"page:zoom_in", tr("放大"), Icon::zoom_in, ButtonKind::secondary, zoom < kMostZoom},
           {"page:zoom_out", tr("缩小"), Icon::zoom_out, ButtonKind::secondary, zoom > 1},
           {"page:turn", tr("旋转"), Icon::rotate},
           {"page:retake", tr("重拍这页"), Icon::refresh},
           {"page:earlier", tr("往前移"), Icon::arrow_left, ButtonKind::secondary, view.number > 1},
           {"page:later", tr("往后移"), Icon::arrow_right, ButtonKind::secondary, view.number < view.of},
           {"page:remove", tr("移除这页"), Icon::trash, ButtonKind::danger}}};
}

void act(Scene& scene, std::size_t touched) {
  auto& state = scene.state;
  switch (touched) {
    case 0: state.zoom = std::min(kMostZoom, state.zoom * kZoomStep); break;
    case 1: state.zoom = std::max(1.F, state.zoom / kZoomStep); break;
    case 2: scene.say(session::PageTurned{}); break;
    case 3: scene.say(session::PageRetaken{}); break;
    case 4: scene.say(session::PageMoved{-1}); break;
    case 5: scene.say(session::PageMoved{1}); break;
    case 6: scene.say(session::PageRemoved{}); break;
    default: break;
  }
}

void draw_actions(Scene& scene, Rect area, const session::PageView& view, int columns) {
  const auto actions = actions_for(view, scene.state.zoom);
  const int count = static_cast<int>(actions.size());
  const auto cells = area.grid(count, columns, scene.theme().button_height, scene.theme().gap);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const auto& action = actions[i];
    Rect cell = cells[i];
    // The odd one takes the rest of its row.
    if (i + 1 == actions.size()) cell.w = area.right() - cell.x;
    const widgets::ButtonSpec spec{
        .label = action.label, .kind = action.kind, .icon = action.icon, .enabled = enabled_if(action.enabled)};
    if (widgets::button(scene.ui, action.id, cell, spec)) act(scene, i);
  }
}

void draw_picture(Scene& scene, Rect area, const session::PageView& view) {
  auto& ui = scene.ui;
  ui.round(area, ui.palette().sunken, scene.theme().radius_small);
  const Rect inside = area.inset(scene.theme().gap);
  const auto label =
      trf("第 {number} 页，共 {of} 页", {{"number", std::to_string(view.number)}, {"of", std::to_string(view.of)}});
  const auto* picture = scene.tools.pages ? scene.tools.pages->picture(view.page.key) : nullptr;
  if (picture == nullptr) {
    empty_sheet(ui, inside, tr("正在准备…"));
    return;
  }
  widgets::zoomed_picture(ui, "page", inside, *picture, label, rotation_of(view.page.quarter_turns), scene.state.zoom,
                          scene.state.centre);
}

}  // namespace

void draw_page_screen(Scene& scene, const session::PageView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  question_beside(scene);
  ask(scene, tr_catalogue(view.material.name),
      trf("第 {number} 页，共 {of} 页", {{"number", std::to_string(view.number)}, {"of", std::to_string(view.of)}}));
  if (view.page.looks_blank)
    widgets::banner(ui, scene.body, Tone::warning, tr("这一页看起来是空白的。需要就保留，不需要可以移除。"));
  if (view.page.is_reduced)
    widgets::banner(ui, scene.body, Tone::neutral, tr("这一页的尺寸很大，已缩小保存。请放大看看字迹是否清楚。"));
  constexpr int kColumnsBeside = 2;
  constexpr int kColumnsBelow = 4;
  const bool beside = theme.landscape();
  const float row = theme.button_height + theme.gap;
  const Rect bar =
      beside ? scene.aside.take_bottom(row * 4 - theme.gap) : scene.body.take_bottom(row * 2 - theme.gap, theme.space);
  draw_actions(scene, bar, view, beside ? kColumnsBeside : kColumnsBelow);
  draw_picture(scene, scene.body, view);
}

}  // namespace bangwu::screens
