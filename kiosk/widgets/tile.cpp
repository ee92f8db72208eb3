#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/controls.h"
#include "widgets/notices.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kPad = 6_mm;
constexpr Millimetres kIconGround = 22_mm;
constexpr Millimetres kIconGap = 5_mm;

float text_width(Ui& ui, const TileSpec& spec, float width) {
  return width - 2 * ui.px(kPad) - (spec.icon != Icon::none ? ui.px(kIconGround) + ui.px(kIconGap) : 0);
}

}  // namespace

bool tile(Ui& ui, std::string_view id, Rect area, const TileSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::tile, id, area, spec.title, spec.enabled, Selected::no, spec.subtitle);
  touch_card(ui, area, touch, spec.enabled);
  const bool on = spec.enabled == Enabled::yes;
  Rect inner = area.inset(ui.px(kPad), ui.px(3_mm));
  if (spec.icon != Icon::none) {
    const float side = ui.px(kIconGround);
    const Rect ground = inner.take_left(side, ui.px(kIconGap)).centred({side, side});
    ui.round(ground, on ? t.colour(spec.tone) : p.ink_disabled, ui.px(5_mm));
    ui.icon(ground.inset(std::round(side * 0.19F)), spec.icon, p.on_accent);
  }
  const Size title = ui.measure(spec.title, TextStyle::heading, inner.w, 2);
  const Size subtitle = ui.measure(spec.subtitle, TextStyle::small, inner.w, 2);
  Rect words = inner.centred({inner.w, title.h + subtitle.h});
  ui.text(words, spec.title,
          {.style = TextStyle::heading, .colour = on ? p.ink : p.ink_disabled, .max_lines = 2, .role = {}});
  words.take_top(title.h);
  ui.text(words, spec.subtitle,
          {.style = TextStyle::small, .colour = on ? p.ink_soft : p.ink_disabled, .max_lines = 2, .role = {}});
  if (!spec.badge.empty()) {
    const float height = t.type(TextStyle::small).line;
    const float pad = ui.px(2.5_mm);
    chip(ui, {area.x + pad, area.y + pad, area.w - 2 * pad, height}, Tone::warning, spec.badge, Align::right);
  }
  return touch.clicked;
}

float height_of(Ui& ui, const TileSpec& spec, float width) {
  const float inner = text_width(ui, spec, width);
  const float words =
      ui.measure(spec.title, TextStyle::heading, inner, 2).h + ui.measure(spec.subtitle, TextStyle::small, inner, 2).h;
  const float icon = spec.icon != Icon::none ? ui.px(kIconGround) : 0;
  return std::max(icon, words) + 2 * ui.px(kPad);
}

bool face_choice(Ui& ui, std::string_view id, Rect area, Icon face, std::string_view label, Selected selected) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::radio, id, area, label, Enabled::yes, selected);
  touch_card(ui, area, touch, Enabled::yes, selected);
  const bool chosen = selected == Selected::yes || touch.held;
  Rect inner = area.inset(ui.px(2_mm), ui.px(4_mm));
  const float words = ui.measure(label, TextStyle::body_strong, inner.w, 2).h;
  const Rect bottom = inner.take_bottom(words, ui.px(2_mm));
  const float side = std::floor(std::min({inner.w, inner.h, ui.px(30_mm)}));
  ui.icon(inner.centred({side, side}), face, chosen ? p.accent : p.ink_soft);
  ui.text(bottom, label, inner_text(TextStyle::body_strong, chosen ? p.accent : p.ink, Align::centre, 2));
  return touch.clicked;
}

}  // namespace bangwu::widgets
