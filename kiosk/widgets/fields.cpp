#include "widgets/fields.h"

#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/line_break.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kPad = 5_mm;
constexpr Millimetres kSmallGap = 1.5_mm;

std::size_t length_of(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    next_character(text, at);
  }
  return count;
}

std::string_view shown_note(const FieldSpec& spec) { return spec.error.empty() ? spec.hint : spec.error; }

void insert(std::string& value, std::string_view text, std::size_t max_characters) {
  std::size_t length = length_of(value);
  for (std::size_t at = 0; at < text.size() && length < max_characters; ++length) {
    const std::size_t start = at;
    next_character(text, at);
    value += text.substr(start, at - start);
  }
}

void remove_last(std::string& value) {
  while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0xC0U) == 0x80) {
    value.pop_back();
  }
  if (!value.empty()) {
    value.pop_back();
  }
}

/// The end of a value that is too long for its box: what is being typed stays visible.
std::string_view visible_end(Ui& ui, std::string_view value, float room) {
  std::size_t at = 0;
  while (at < value.size() && ui.line_width(value.substr(at), TextStyle::key) > room) {
    next_character(value, at);
  }
  return value.substr(at);
}

void draw_value(Ui& ui, Rect area, const FieldSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const bool focused = spec.focused == Selected::yes;
  const float caret = std::max(2.F, t.line_width);
  const float caret_height = std::round(t.type(TextStyle::key).em * 1.2F);
  const float caret_y = std::round(area.centre().y - caret_height / 2);
  const std::string whole = grouped(spec.value, spec.grouping);
  const float composing = ui.line_width(spec.composition, TextStyle::key);
  const std::string_view value = visible_end(ui, whole, area.w - composing - 3 * caret);
  const float width = ui.line_width(value, TextStyle::key);
  ui.text(area, value,
          inner_text(TextStyle::key, spec.enabled == Enabled::yes ? p.ink : p.ink_disabled, Align::left, 1));
  if (!spec.composition.empty()) {
    const Rect part{area.x + width, area.y, area.w - width, area.h};
    ui.text(part, spec.composition, inner_text(TextStyle::key, p.accent, Align::left, 1));
    ui.fill({part.x, caret_y + caret_height, std::min(composing, part.w), caret}, p.accent);
  }
  if (focused) {
    ui.fill({area.x + width + composing + caret, caret_y, caret, caret_height}, p.accent);
  }
  if (whole.empty() && spec.composition.empty()) {
    const Rect part{area.x + (focused ? 4 * caret : 0), area.y, area.w, area.h};
    ui.text(part, spec.placeholder, inner_text(TextStyle::body, p.ink_soft, Align::left, 1));
  }
}

}  // namespace

bool apply(const std::vector<Edit>& edits, std::string& value, std::size_t max_characters) {
  bool done = false;
  for (const Edit& edit : edits) {
    switch (edit.kind) {
      case EditKind::insert: insert(value, edit.text, max_characters); break;
      case EditKind::backspace: remove_last(value); break;
      case EditKind::clear: value.clear(); break;
      case EditKind::done: done = true; break;
    }
  }
  return done;
}

std::string grouped(std::string_view value, Grouping grouping) {
  std::vector<std::size_t> groups;
  switch (grouping) {
    case Grouping::none: return std::string(value);
    case Grouping::id_number: groups = {6, 8, 4}; break;
    case Grouping::mobile: groups = {3, 4, 4}; break;
    case Grouping::credit_code: groups = {2, 6, 9, 1}; break;
  }
  std::string result;
  std::size_t at = 0;
  for (const std::size_t size : groups) {
    if (at < value.size()) {
      result += (at > 0 ? " " : "") + std::string(value.substr(at, size));
      at += size;
    }
  }
  return result + std::string(at < value.size() ? value.substr(at) : std::string_view());
}

float height_of(Ui& ui, const FieldSpec& spec, float width) {
  const Theme& t = ui.theme();
  const float small_gap = ui.px(kSmallGap);
  const float label = spec.label.empty() ? 0 : ui.measure(spec.label, TextStyle::body_strong, width).h + small_gap;
  const float icon = spec.error.empty() ? 0 : t.icon + ui.px(2_mm);
  const std::string_view note = shown_note(spec);
  return label + t.button_height + (note.empty() ? 0 : small_gap + ui.measure(note, TextStyle::small, width - icon).h);
}

FieldTouch field(Ui& ui, std::string_view id, Rect& area, const FieldSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  Rect place = area.take_top(height_of(ui, spec, area.w), t.gap);
  const float small_gap = ui.px(kSmallGap);
  if (!spec.label.empty()) {
    place.take_top(ui.text(place, spec.label, {.style = TextStyle::body_strong, .role = {}}), small_gap);
  }
  const Rect box = place.take_top(t.button_height, small_gap);
  const bool focused = spec.focused == Selected::yes;
  const bool wrong = !spec.error.empty();
  const Touch touch = ui.item({.id = std::string(id),
                               .role = Role::field,
                               .label = spec.label,
                               .value = spec.value,
                               .rect = box,
                               .enabled = spec.enabled == Enabled::yes,
                               .focused = focused,
                               .touchable = true});
  ui.round(box, spec.enabled == Enabled::no ? p.fill_disabled : touch.held ? p.accent_soft : p.surface, t.radius_small);
  ui.outline(box,
             wrong     ? p.error
             : focused ? p.accent
                       : p.outline,
             t.radius_small, t.line_width * (focused || wrong ? 1.5F : 1));
  Rect inner = box.inset(ui.px(kPad), 0);
  FieldTouch touched = touch.clicked ? FieldTouch::box : FieldTouch::none;
  if (!spec.clear_label.empty() && !spec.value.empty()) {
    const Size size = size_of(ui, {.label = spec.clear_label, .kind = ButtonKind::quiet});
    const Rect end = Rect{box.right() - size.w - ui.px(1_mm), box.y, size.w, box.h}.centred(
        {size.w, std::max(t.target, box.h - 2 * ui.px(1_mm))});
    if (button(ui, std::string(id) + ":clear", end,
               {.label = spec.clear_label, .kind = ButtonKind::quiet, .enabled = spec.enabled})) {
      touched = FieldTouch::clear;
    }
    inner.take_right(size.w);
  }
  draw_value(ui, inner, spec);
  if (wrong) {
    const float line = t.type(TextStyle::small).line;
    ui.icon(Rect{place.x, place.y, t.icon, line}.centred({line * 0.85F, line * 0.85F}), Icon::error, p.error);
    place.take_left(t.icon, ui.px(2_mm));
  }
  ui.text(place, shown_note(spec), {.style = TextStyle::small, .colour = wrong ? p.error : p.ink_soft});
  return touched;
}

}  // namespace bangwu::widgets
