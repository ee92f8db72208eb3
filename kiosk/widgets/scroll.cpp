#include "widgets/scroll.h"

#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/stage_state.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kColumn = 17_mm;
constexpr Millimetres kDragStart = 6_mm;  // a finger that rolls less than this still taps

float furthest(const ScrollState& state, const Rect& area) { return std::max(0.F, state.content_height - area.h); }

/// A finger that moves up or down inside the area takes the content along; what it came down on is not chosen then.
void drag(Ui& ui, std::string_view id, const Rect& area, ScrollState& state) {
  StageState& s = ui.state();
  Finger& finger = s.finger;
  if (!finger.down) {
    state.drag_from.reset();
    return;
  }
  const bool dragging = finger.target == id && state.drag_from.has_value();
  const float way = finger.at.y - finger.start.y;
  if (!dragging && area.contains(finger.start) && std::abs(way) > ui.px(kDragStart) && !finger.target.empty()) {
    const Item* item = find_item(s.seen, finger.target);
    if (item != nullptr && item->role != Role::pad && item->role != Role::dialog) {
      finger.target = std::string(id);
      state.drag_from = state.offset;
    }
  }
  if (finger.target == id && state.drag_from) {
    state.offset = *state.drag_from - way;
  }
}

/// Up and down, and between them how far one is.
void page_column(Ui& ui, std::string_view id, Rect column, const Rect& area, ScrollState& state) {
  const Theme& t = ui.theme();
  const float side = column.w;
  const float step = area.h * 0.85F;
  const std::string name(id);
  const float last = furthest(state, area);
  const Enabled up = state.offset > 0.5F ? Enabled::yes : Enabled::no;
  const Enabled down = state.offset < last - 0.5F ? Enabled::yes : Enabled::no;
  const float height = std::min(side * 1.4F, (column.h - ui.px(kMinimumGap)) / 2);
  if (icon_button(ui, name + ":up", column.take_top(height, t.gap), Icon::chevron_up, tr("上一页"), up)) {
    state.offset -= step;
  }
  if (icon_button(ui, name + ":down", column.take_bottom(height, t.gap), Icon::chevron_down, tr("下一页"), down)) {
    state.offset += step;
  }
  if (column.h > ui.px(10_mm)) {
    const float width = ui.px(2_mm);
    const Rect track = column.centred({width, column.h});
    ui.round(track, t.palette().sunken, width / 2);
    const float thumb = std::max(width * 2, std::round(track.h * area.h / std::max(1.F, state.content_height)));
    const float at = last > 0 ? std::clamp(state.offset / last, 0.F, 1.F) : 0;
    ui.round({track.x, track.y + std::round((track.h - thumb) * at), width, thumb}, t.palette().outline, width / 2);
  }
}

}  // namespace

void scroll_area(Ui& ui, std::string_view id, Rect area, ScrollState& state,
                 const std::function<float(Rect)>& content) {
  // The shadow of cards reaches beyond the content's edge: the clip leaves room for it.
  const float bleed = ui.px(2.5_mm);
  const bool overflows = state.content_height > area.h + 0.5F;
  Rect view = area;
  const Rect column = overflows ? view.take_right(ui.px(kColumn), ui.theme().gap) : Rect{};
  ui.item({.id = std::string(id), .role = Role::scroll, .rect = area, .touchable = overflows});
  if (overflows) {
    drag(ui, id, area, state);
    page_column(ui, id, column, area, state);
  }
  state.offset = std::round(std::clamp(state.offset, 0.F, furthest(state, area)));
  float height = 0;
  {
    const Ui::Clip clip(ui, {view.x - bleed, view.y, view.w + 2 * bleed, view.h});
    height = content({view.x, view.y - state.offset, view.w, 1e6F});
  }
  if (height != state.content_height) {
    state.content_height = height;
    ui.draw_again_at(ui.now());  // whether the column is needed is known now
  }
}

}  // namespace bangwu::widgets
