#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/controls.h"

namespace bangwu::widgets {
namespace {

struct Look {
  Colour ground, edge, ink;
  bool filled;
  bool edged;
};

Look look_of(const Palette& p, const ButtonSpec& spec, bool held) {
  if (spec.enabled == Enabled::no) {
    const bool filled = spec.kind != ButtonKind::quiet;
    return {
        .ground = p.fill_disabled, .edge = p.fill_disabled, .ink = p.ink_disabled, .filled = filled, .edged = false};
  }
  switch (spec.kind) {
    case ButtonKind::primary:
      return {.ground = held ? p.accent_pressed : p.accent,
              .edge = p.accent,
              .ink = p.on_accent,
              .filled = true,
              .edged = false};
    case ButtonKind::secondary:
      return {
          .ground = held ? p.accent_soft : p.surface, .edge = p.accent, .ink = p.accent, .filled = true, .edged = true};
    case ButtonKind::quiet:
      return {.ground = p.accent_soft, .edge = p.accent, .ink = p.accent, .filled = held, .edged = false};
    case ButtonKind::danger:
      return {
          .ground = held ? p.error_soft : p.surface, .edge = p.error, .ink = p.error, .filled = true, .edged = true};
    case ButtonKind::danger_filled:
      return {.ground = held ? p.error_pressed : p.error,
              .edge = p.error,
              .ink = p.on_accent,
              .filled = true,
              .edged = false};
  }
  return {.ground = p.surface, .edge = p.accent, .ink = p.accent, .filled = true, .edged = true};
}

}  // namespace

void touch_card(Ui& ui, const Rect& area, const Touch& touch, Enabled enabled, Selected selected) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  if (enabled == Enabled::no) {
    ui.round(area, p.fill_disabled, t.radius);
    return;
  }
  const bool chosen = selected == Selected::yes;
  if (touch.held || chosen) {
    ui.round(area, p.accent_soft, t.radius);
    ui.outline(area, p.accent, t.radius, t.line_width * (chosen ? 2 : 1));
  } else {
    ui.card(area);
  }
}

void centred_label(Ui& ui, const Rect& area, std::string_view label, Icon icon, Icon trailing, Colour colour) {
  const Theme& t = ui.theme();
  const float side = t.icon;
  const float gap = ui.px(2.5_mm);
  const float icons = (icon != Icon::none ? side + gap : 0) + (trailing != Icon::none ? side + gap : 0);
  const float room = area.w - icons - 2 * ui.px(2_mm);
  TextStyle style = TextStyle::body_strong;
  if (ui.line_width(label, style) > room) {
    style = TextStyle::small_strong;
  }
  const float width = std::min(room, ui.measure(label, style, room, 2).w);
  Rect row = area.centred({width + icons, area.h});
  if (icon != Icon::none) {
    ui.icon(row.take_left(side, gap), icon, colour);
  }
  if (trailing != Icon::none) {
    ui.icon(row.take_right(side, gap), trailing, colour);
  }
  ui.text({row.x, row.y, width + 1, row.h}, label, inner_text(style, colour, Align::centre, 2));
}

bool button(Ui& ui, std::string_view id, Rect area, const ButtonSpec& spec) {
  const Theme& t = ui.theme();
  const Touch touch = touchable(ui, Role::button, id, area, spec.label, spec.enabled);
  const Look look = look_of(t.palette(), spec, touch.held);
  if (look.filled) {
    ui.round(area, look.ground, t.radius_small);
  }
  if (look.edged) {
    ui.outline(area, look.edge, t.radius_small, t.line_width);
  }
  centred_label(ui, area, spec.label, spec.icon, spec.trailing_icon, look.ink);
  return touch.clicked;
}

Size size_of(Ui& ui, const ButtonSpec& spec) {
  const Theme& t = ui.theme();
  const float icons =
      static_cast<float>((spec.icon != Icon::none ? 1 : 0) + (spec.trailing_icon != Icon::none ? 1 : 0));
  const float width =
      ui.line_width(spec.label, TextStyle::body_strong) + icons * (t.icon + ui.px(2.5_mm)) + 2 * ui.px(7_mm);
  return {std::max(t.target, std::ceil(width)), t.button_height};
}

bool icon_button(Ui& ui, std::string_view id, Rect area, Icon icon, std::string_view label, Enabled enabled) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::button, id, area, label, enabled);
  const bool on = enabled == Enabled::yes;
  ui.round(area, !on ? p.fill_disabled : touch.held ? p.accent : p.accent_soft, t.radius_small);
  const float side = std::round(std::min(area.w, area.h) * 0.55F);
  ui.icon(area.centred({side, side}), icon, !on ? p.ink_disabled : touch.held ? p.on_accent : p.accent);
  return touch.clicked;
}

bool key_cap(Ui& ui, std::string_view id, const Rect& area, std::string_view label, Icon icon, KeyLook look,
             Enabled enabled, Selected selected) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::key, id, area, label, enabled, selected);
  const bool on = enabled == Enabled::yes;
  const bool filled = look == KeyLook::done || selected == Selected::yes;
  Colour ground = filled ? p.accent : look == KeyLook::plain ? p.surface : rgb(0xCBD5E3);
  Colour ink = filled ? p.on_accent : p.ink;
  if (!on) {
    ground = p.fill_disabled;
    ink = p.ink_disabled;
  } else if (touch.held) {
    ground = filled ? p.accent_pressed : p.accent;
    ink = p.on_accent;
  }
  ui.round(area.moved(0, ui.px(0.6_mm)), rgb(0xB9C5D6), t.radius_small);  // the key's lower edge
  ui.round(area, ground, t.radius_small);
  if (icon != Icon::none) {
    const float side = std::round(std::min(t.icon, area.h * 0.6F));
    ui.icon(area.centred({side, side}), icon, ink);
  } else {
    const bool word = look != KeyLook::plain;
    ui.text(area, label, inner_text(word ? TextStyle::body_strong : TextStyle::key, ink, Align::centre, 1));
  }
  return touch.pressed;
}

int repeating_key_cap(Ui& ui, std::string_view id, const Rect& area, std::string_view label, Icon icon, KeyLook look) {
  const bool pressed = key_cap(ui, id, area, label, icon, look);
  return (pressed ? 1 : 0) + ui.repeats(id);
}

}  // namespace bangwu::widgets
