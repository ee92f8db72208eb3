#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/notices.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kPad = 10_mm;
constexpr Millimetres kIconGround = 24_mm;

struct Heights {
  float icon, title, big, body, buttons;
};

bool side_by_side(Ui& ui, const DialogSpec& spec, float width) {
  if (spec.buttons.size() > 2) {
    return false;
  }
  const float room = (width - ui.theme().gap) / 2;
  return std::all_of(spec.buttons.begin(), spec.buttons.end(), [&](const DialogButton& b) {
    return spec.buttons.size() == 1 || size_of(ui, {.label = b.label}).w <= room;
  });
}

Heights heights_of(Ui& ui, const DialogSpec& spec, float width) {
  const Theme& t = ui.theme();
  const auto with_gap = [&](float height) { return height > 0 ? height + t.gap : 0; };
  const auto rows = side_by_side(ui, spec, width) ? std::min<std::size_t>(1, spec.buttons.size()) : spec.buttons.size();
  const auto count = static_cast<float>(rows);
  return {spec.icon != Icon::none ? ui.px(kIconGround) + t.gap : 0,
          with_gap(ui.measure(spec.title, TextStyle::title, width).h),
          with_gap(ui.measure(spec.big, TextStyle::display, width).h),
          with_gap(ui.measure(spec.body, TextStyle::body, width).h),
          count > 0 ? t.gap + count * t.button_height + (count - 1) * t.gap : 0};
}

std::optional<std::size_t> draw_buttons(Ui& ui, Rect area, const DialogSpec& spec) {
  const Theme& t = ui.theme();
  std::optional<std::size_t> touched;
  const int count = static_cast<int>(spec.buttons.size());
  const std::vector<Rect> places =
      side_by_side(ui, spec, area.w) ? area.columns(count, t.gap) : area.rows(count, t.gap);
  for (std::size_t i = 0; i < spec.buttons.size(); ++i) {
    const DialogButton& b = spec.buttons[i];
    if (button(ui, b.id, places[i], {.label = b.label, .kind = b.kind})) {
      touched = i;
    }
  }
  return touched;
}

}  // namespace

Rect overlay(Ui& ui, std::string_view id, Size size) {
  const Palette& p = ui.palette();
  ui.cover_all();
  ui.fill(ui.screen(), p.backdrop);
  // The ground swallows every touch beside the card.
  ui.item({.id = std::string(id), .role = Role::dialog, .rect = ui.screen(), .touchable = true});
  const Rect card = ui.screen().centred(size);
  ui.round(card, p.surface, ui.theme().radius * 1.5F);
  return card.inset(ui.px(kPad));
}

std::optional<std::size_t> dialog(Ui& ui, std::string_view id, const DialogSpec& spec) {
  const Theme& t = ui.theme();
  const float outer = std::min(ui.screen().w - 2 * t.margin, ui.px(215_mm));
  const float width = outer - 2 * ui.px(kPad);
  const Heights h = heights_of(ui, spec, width);
  Rect inner = overlay(
      ui, id, {outer, std::ceil(h.icon + h.title + h.big + h.body + h.buttons - t.gap) + t.gap + 2 * ui.px(kPad)});
  if (spec.icon != Icon::none) {
    const float side = ui.px(kIconGround);
    const Rect ground = inner.take_top(side, t.gap).centred({side, side});
    ui.circle(ground, t.soft_colour(spec.tone));
    ui.icon(ground.inset(std::round(side * 0.22F)), spec.icon, t.colour(spec.tone));
  }
  const auto words = [&](const std::string& text, TextStyle style, Role role, Colour colour) {
    if (!text.empty()) {
      inner.take_top(ui.text(inner, text, {.style = style, .colour = colour, .align = Align::centre, .role = role}),
                     t.gap);
    }
  };
  words(spec.title, TextStyle::title, Role::heading, t.palette().ink);
  words(spec.big, TextStyle::display, Role::text, t.colour(spec.tone));
  words(spec.body, TextStyle::body, Role::text, t.palette().ink_soft);
  return draw_buttons(ui, inner.take_bottom(h.buttons - t.gap), spec);
}

}  // namespace bangwu::widgets
