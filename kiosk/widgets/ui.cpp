#include "widgets/ui.h"

#include <algorithm>
#include <cmath>

#include "imgui.h"
#include "widgets/stage_state.h"

namespace bangwu::widgets {
namespace {

ImU32 packed(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }
ImVec2 corner(float x, float y) { return {x, y}; }

/// A part of a mask: pixel rectangle and the texels it starts at; `stretch` repeats one texel along that axis.
void mask_part(ImDrawList* list, const Mask& mask, const Rect& area, float u, float v, float u_span, float v_span,
               Colour colour) {
  const float w = static_cast<float>(mask.texture.width);
  const float h = static_cast<float>(mask.texture.height);
  list->AddImage(reference_to(mask.texture), corner(area.x, area.y), corner(area.right(), area.bottom()),
                 {u / w, v / h}, {(u + u_span) / w, (v + v_span) / h}, packed(colour));
}

void mask_corners(ImDrawList* list, const Mask& mask, const Rect& area, float r, Colour colour) {
  mask_part(list, mask, {area.x, area.y, r, r}, 0, 0, r, r, colour);
  mask_part(list, mask, {area.right() - r, area.y, r, r}, r, 0, r, r, colour);
  mask_part(list, mask, {area.x, area.bottom() - r, r, r}, 0, r, r, r, colour);
  mask_part(list, mask, {area.right() - r, area.bottom() - r, r, r}, r, r, r, r, colour);
}

Rect on_pixels(const Rect& area) {
  const float x = std::round(area.x);
  const float y = std::round(area.y);
  return {x, y, std::round(area.right()) - x, std::round(area.bottom()) - y};
}

float corner_radius(const Rect& area, float radius) {
  return std::floor(std::min({std::round(radius), area.w / 2, area.h / 2}));
}

}  // namespace

const Theme& Ui::theme() const { return state_.theme; }
Rect Ui::screen() const { return state_.screen; }
base::SteadyTime Ui::now() const { return state_.now; }
void Ui::draw_again_at(base::SteadyTime when) { state_.next_frame = std::min(state_.next_frame, when); }
ImDrawList* Ui::draw_list() { return ImGui::GetBackgroundDrawList(); }

void Ui::begin_screen(std::string_view id) {
  constexpr std::chrono::milliseconds kAim{300};
  if (state_.screen_name != id) {
    if (!state_.screen_name.empty()) state_.aims_from = state_.now + kAim;
    state_.screen_name = id;
    state_.lose_finger();
    state_.clicked.clear();
    state_.came_down = false;
  }
  if (state_.now < state_.aims_from) draw_again_at(state_.aims_from);
}

void Ui::fill(Rect area, Colour colour) {
  const Rect r = on_pixels(area);
  if (!r.empty()) {
    draw_list()->AddRectFilled(corner(r.x, r.y), corner(r.right(), r.bottom()), packed(colour));
  }
}

void Ui::round(Rect area, Colour colour, float radius) {
  const Rect r = on_pixels(area);
  const float c = corner_radius(r, radius);
  if (c < 1) {
    fill(r, colour);
    return;
  }
  fill({r.x + c, r.y, r.w - 2 * c, c}, colour);
  fill({r.x, r.y + c, r.w, r.h - 2 * c}, colour);
  fill({r.x + c, r.bottom() - c, r.w - 2 * c, c}, colour);
  mask_corners(draw_list(), state_.masks.disc(static_cast<int>(c)), r, c, colour);
}

void Ui::outline(Rect area, Colour colour, float radius, float thickness) {
  const Rect r = on_pixels(area);
  const float c = corner_radius(r, radius);
  const float t = std::max(1.F, std::round(thickness));
  fill({r.x + c, r.y, r.w - 2 * c, t}, colour);
  fill({r.x + c, r.bottom() - t, r.w - 2 * c, t}, colour);
  fill({r.x, r.y + c, t, r.h - 2 * c}, colour);
  fill({r.right() - t, r.y + c, t, r.h - 2 * c}, colour);
  if (c >= 1) {
    mask_corners(draw_list(), state_.masks.ring(static_cast<int>(c), static_cast<int>(t)), r, c, colour);
  }
}

void Ui::circle(Rect area, Colour colour) {
  const float side = std::floor(std::min(area.w, area.h) / 2) * 2;
  round(area.centred({side, side}), colour, side / 2);
}

void Ui::card(Rect area, std::optional<Colour> colour) {
  const Rect r = on_pixels(area);
  const float radius = corner_radius(r, theme().radius);
  const float blur = std::round(px(1.6_mm));
  const Mask& shadow = state_.masks.shadow(static_cast<int>(radius), static_cast<int>(blur));
  const float c = radius + blur;
  const Rect s = Rect{r.x - blur, r.y - blur, r.w + 2 * blur, r.h + 2 * blur}.moved(0, std::round(px(0.7_mm)));
  if (s.w > 2 * c && s.h > 2 * c) {
    ImDrawList* list = draw_list();
    const Colour tint = palette().shadow;
    const float far = c + 1;  // the one texel in the middle is stretched
    mask_part(list, shadow, {s.x, s.y, c, c}, 0, 0, c, c, tint);
    mask_part(list, shadow, {s.right() - c, s.y, c, c}, far, 0, c, c, tint);
    mask_part(list, shadow, {s.x, s.bottom() - c, c, c}, 0, far, c, c, tint);
    mask_part(list, shadow, {s.right() - c, s.bottom() - c, c, c}, far, far, c, c, tint);
    mask_part(list, shadow, {s.x + c, s.y, s.w - 2 * c, c}, c + 0.5F, 0, 0, c, tint);
    mask_part(list, shadow, {s.x + c, s.bottom() - c, s.w - 2 * c, c}, c + 0.5F, far, 0, c, tint);
    mask_part(list, shadow, {s.x, s.y + c, c, s.h - 2 * c}, 0, c + 0.5F, c, 0, tint);
    mask_part(list, shadow, {s.right() - c, s.y + c, c, s.h - 2 * c}, far, c + 0.5F, c, 0, tint);
  }
  round(r, colour.value_or(palette().surface), radius);
}

void Ui::icon(Rect area, Icon icon, Colour colour) {
  const int size = static_cast<int>(std::min(area.w, area.h));
  if (icon == Icon::none || size < 4) {
    return;
  }
  if (const Mask* mask = state_.masks.icon(icon, size)) {
    const float side = static_cast<float>(size);
    mask_part(draw_list(), *mask, area.centred({side, side}), 0, 0, side, side, colour);
  }
}

Ui::Clip::Clip(Ui& ui, Rect area) : ui_(ui) {
  const Rect inner = on_pixels(area).intersection(ui.state_.clips.back());
  ui.state_.clips.push_back(inner);
  ui.draw_list()->PushClipRect(corner(inner.x, inner.y), corner(inner.right(), inner.bottom()), false);
}

Ui::Clip::~Clip() {
  ui_.draw_list()->PopClipRect();
  ui_.state_.clips.pop_back();
}

Touch Ui::item(Item item) {
  item.visible = item.rect.intersection(state_.clips.back());
  Touch touch;
  if (item.touchable && item.enabled && !item.id.empty()) {
    const bool mine = state_.finger.target == item.id;
    touch.pressed = mine && state_.came_down;
    touch.held = mine && state_.finger.down && item.visible.contains(state_.finger.at);
    touch.held = touch.held || touch.pressed;
    touch.clicked = state_.clicked == item.id;
  }
  state_.items.push_back(std::move(item));
  return touch;
}

int Ui::repeats(std::string_view id) {
  using namespace std::chrono_literals;
  const Finger& finger = state_.finger;
  if (!finger.down || finger.target != id) return 0;
  const auto until = [&](base::SteadyTime time) {
    const auto held = time - finger.since;
    return held < 500ms ? 0 : 1 + static_cast<int>((held - 500ms) / 90ms);
  };
  const int so_far = until(state_.now);
  draw_again_at(finger.since + 500ms + so_far * 90ms);
  return so_far - until(std::max(state_.frame_before, finger.since));
}

void Ui::cover_all() {
  for (Item& item : state_.items) {
    item.covered = true;
  }
}

std::span<const TimedInput> Ui::path(std::string_view id) const {
  return state_.finger.target == id ? std::span<const TimedInput>(state_.path) : std::span<const TimedInput>();
}

Point Ui::drag_of(std::string_view id) const {
  const Finger& f = state_.finger;
  return f.target == id ? Point{f.at.x - f.before.x, f.at.y - f.before.y} : Point{};
}

std::vector<Input> Ui::take_typed() { return std::exchange(state_.typed, {}); }

}  // namespace bangwu::widgets
