#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/controls.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kPad = 6_mm;
constexpr Millimetres kMark = 9_mm;
constexpr Millimetres kGap = 5_mm;

/// Two lines of words in the middle of a row: strong title, small subtitle.
void title_and_subtitle(Ui& ui, Rect area, std::string_view title, std::string_view subtitle, TextStyle title_style,
                        bool enabled) {
  const Palette& p = ui.palette();
  const float title_height = ui.measure(title, title_style, area.w).h;
  const float subtitle_height = ui.measure(subtitle, TextStyle::small, area.w).h;
  Rect words = area.centred({area.w, title_height + subtitle_height});
  ui.text(words, title, {.style = title_style, .colour = enabled ? p.ink : p.ink_disabled, .role = {}});
  words.take_top(title_height);
  ui.text(words, subtitle, {.style = TextStyle::small, .colour = enabled ? p.ink_soft : p.ink_disabled, .role = {}});
}

float words_height(Ui& ui, std::string_view title, std::string_view subtitle, TextStyle title_style, float width) {
  return ui.measure(title, title_style, width).h + ui.measure(subtitle, TextStyle::small, width).h;
}

}  // namespace

bool choice(Ui& ui, std::string_view id, Rect area, const ChoiceSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::radio, id, area, spec.title, spec.enabled, spec.selected, spec.subtitle);
  touch_card(ui, area, touch, spec.enabled, spec.selected);
  const bool on = spec.enabled == Enabled::yes;
  const bool chosen = spec.selected == Selected::yes;
  Rect inner = area.inset(ui.px(kPad), 0);
  const float side = ui.px(kMark);
  const Rect ring = inner.take_left(side, ui.px(kGap)).centred({side, side});
  ui.circle(ring, chosen ? p.accent : on ? p.outline : p.ink_disabled);
  ui.circle(ring.inset(t.line_width), chosen ? p.accent : on ? p.surface : p.fill_disabled);
  if (chosen) {
    ui.circle(ring.inset(std::round(side * 0.3F)), p.on_accent);
  }
  if (spec.icon != Icon::none) {
    const float icon = ui.px(13_mm);
    ui.icon(inner.take_left(icon, ui.px(kGap)).centred({icon, icon}), spec.icon, on ? p.accent : p.ink_disabled);
  }
  title_and_subtitle(ui, inner, spec.title, spec.subtitle, TextStyle::heading, on);
  return touch.clicked;
}

float height_of(Ui& ui, const ChoiceSpec& spec, float width) {
  const float icon = spec.icon != Icon::none ? ui.px(13_mm) + ui.px(kGap) : 0;
  const float inner = width - 2 * ui.px(kPad) - ui.px(kMark) - ui.px(kGap) - icon;
  return std::max(ui.px(22_mm),
                  words_height(ui, spec.title, spec.subtitle, TextStyle::heading, inner) + 2 * ui.px(5_mm));
}

bool check_row(Ui& ui, std::string_view id, Rect area, const CheckSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::checkbox, id, area, spec.label, spec.enabled, spec.checked, spec.subtitle);
  touch_card(ui, area, touch, spec.enabled);
  const bool on = spec.enabled == Enabled::yes;
  const bool checked = spec.checked == Selected::yes;
  Rect inner = area.inset(ui.px(kPad), 0);
  const float side = ui.px(kMark);
  const Rect box = inner.take_left(side, ui.px(kGap)).centred({side, side});
  const float radius = ui.px(1.8_mm);
  if (checked) {
    ui.round(box, on ? p.accent : p.ink_disabled, radius);
    ui.icon(box.inset(std::round(side * 0.1F)), Icon::check, p.on_accent);
  } else {
    ui.round(box, on ? p.surface : p.fill_disabled, radius);
    ui.outline(box, on ? p.outline : p.ink_disabled, radius, t.line_width);
  }
  title_and_subtitle(ui, inner, spec.label, spec.subtitle, TextStyle::body, on);
  return touch.clicked;
}

float height_of(Ui& ui, const CheckSpec& spec, float width) {
  const float inner = width - 2 * ui.px(kPad) - ui.px(kMark) - ui.px(kGap);
  return std::max(ui.px(18_mm), words_height(ui, spec.label, spec.subtitle, TextStyle::body, inner) + 2 * ui.px(4_mm));
}

std::optional<std::size_t> tabs(Ui& ui, std::string_view id, Rect area, const std::vector<std::string>& labels,
                                std::size_t selected) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  std::optional<std::size_t> touched;
  const std::vector<Rect> parts = area.columns(static_cast<int>(labels.size()), ui.px(kMinimumGap));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool current = i == selected;
    const Touch touch = touchable(ui, Role::tab, std::string(id) + ":" + std::to_string(i), parts[i], labels[i],
                                  Enabled::yes, current ? Selected::yes : Selected::no);
    ui.round(parts[i], current ? p.accent : touch.held ? p.accent_soft : p.surface, t.radius_small);
    if (!current) {
      ui.outline(parts[i], p.accent, t.radius_small, t.line_width);
    }
    centred_label(ui, parts[i], labels[i], Icon::none, Icon::none, current ? p.on_accent : p.accent);
    if (touch.clicked) {
      touched = i;
    }
  }
  return touched;
}

}  // namespace bangwu::widgets
