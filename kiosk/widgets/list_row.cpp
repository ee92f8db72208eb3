#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/controls.h"
#include "widgets/notices.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kPad = 6_mm;
constexpr Millimetres kIcon = 14_mm;
constexpr Millimetres kGap = 4_mm;

float action_width(Ui& ui, const RowSpec& spec) {
  return spec.action.empty() ? 0 : std::max(ui.px(26_mm), size_of(ui, {.label = spec.action}).w);
}

float chip_width(Ui& ui, const std::string& word) {
  return word.empty() ? 0 : ui.line_width(word, TextStyle::small_strong) + 2 * ui.px(3_mm);
}

/// Width left for title, subtitle and value.
float words_width(Ui& ui, const RowSpec& spec, float width) {
  const auto with_gap = [&](float part) { return part > 0 ? part + ui.px(kGap) : 0; };
  return width - 2 * ui.px(kPad) - (spec.icon != Icon::none ? ui.px(kIcon) + ui.px(kGap) : 0) -
         with_gap(action_width(ui, spec)) - with_gap(chip_width(ui, spec.state)) -
         (spec.opens == Opens::yes ? ui.theme().icon + ui.px(kGap) : 0);
}

float words_height(Ui& ui, const RowSpec& spec, float width) {
  return ui.measure(spec.title, spec.title_style, width).h + ui.measure(spec.value, TextStyle::body, width).h +
         ui.measure(spec.subtitle, TextStyle::small, width, spec.subtitle_lines).h;
}

void draw_words(Ui& ui, const Rect& area, const RowSpec& spec) {
  const Palette& p = ui.palette();
  const bool on = spec.enabled == Enabled::yes;
  // A term and its value: the name small above, the value large below.
  const bool pair = !spec.value.empty();
  Rect words = area.centred({area.w, words_height(ui, spec, area.w)});
  const Colour ink = on ? p.ink : p.ink_disabled;
  const Colour soft = on ? p.ink_soft : p.ink_disabled;
  const TextOptions title{.style = pair ? TextStyle::small : spec.title_style, .colour = pair ? soft : ink, .role = {}};
  words.take_top(ui.text(words, spec.title, title));
  words.take_top(ui.text(words, spec.value, {.style = TextStyle::body_strong, .colour = ink, .role = {}}));
  ui.text(words, spec.subtitle,
          {.style = TextStyle::small, .colour = soft, .max_lines = spec.subtitle_lines, .role = {}});
}

}  // namespace

RowTouch list_row(Ui& ui, std::string_view id, Rect area, const RowSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const bool opens = spec.opens == Opens::yes;
  const Touch touch =
      ui.item({.id = std::string(id),
               .role = Role::list_item,
               .label = spec.title,
               .value = spec.value + (spec.value.empty() || spec.subtitle.empty() ? "" : "\n") + spec.subtitle,
               .rect = area,
               .enabled = spec.enabled == Enabled::yes,
               .touchable = opens});
  touch_card(ui, area, touch, spec.enabled);
  Rect inner = area.inset(ui.px(kPad), 0);
  if (spec.icon != Icon::none) {
    const float side = ui.px(kIcon);
    const Rect ground = inner.take_left(side, ui.px(kGap)).centred({side, side});
    ui.round(ground, t.soft_colour(spec.icon_tone), ui.px(3_mm));
    ui.icon(ground.inset(std::round(side * 0.17F)), spec.icon, t.colour(spec.icon_tone));
  }
  RowTouch touched = touch.clicked ? RowTouch::row : RowTouch::none;
  if (opens) {
    ui.icon(inner.take_right(t.icon, ui.px(kGap)).centred({t.icon, t.icon}), Icon::chevron_right, p.accent);
  }
  if (!spec.action.empty()) {
    const float width = action_width(ui, spec);
    const float height = std::max(t.target, std::min(ui.px(15_mm), area.h - 2 * ui.px(2_mm)));
    const Rect place = inner.take_right(width, ui.px(kGap)).centred({width, height});
    if (button(ui, std::string(id) + ":action", place, {.label = spec.action, .enabled = spec.enabled})) {
      touched = RowTouch::action;
    }
  }
  if (!spec.state.empty()) {
    const float height = t.type(TextStyle::small).line;
    const Rect place = inner.take_right(chip_width(ui, spec.state), ui.px(kGap));
    chip(ui, place.centred({place.w, height}), spec.state_tone, spec.state);
  }
  draw_words(ui, inner, spec);
  return touched;
}

float height_of(Ui& ui, const RowSpec& spec, float width) {
  return std::max(ui.px(17_mm), std::ceil(words_height(ui, spec, words_width(ui, spec, width)) + 2 * ui.px(3_mm)));
}

}  // namespace bangwu::widgets
