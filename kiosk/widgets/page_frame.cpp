#include "widgets/page_frame.h"

#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

// Lying panels have less height to give away.
float top_bar_height(Ui& ui) { return ui.px(ui.theme().landscape() ? 21_mm : 27_mm); }
float bottom_bar_height(Ui& ui) { return ui.theme().button_height + 2 * ui.px(ui.theme().landscape() ? 3.5_mm : 5_mm); }
float step_bar_height(Ui& ui) {
  if (!ui.theme().landscape()) return ui.px(20_mm);
  return std::max(ui.px(14_mm), ui.theme().type(TextStyle::small_strong).line + ui.px(5_mm));
}

bool bar_button(Ui& ui, std::string_view id, Rect& row, Icon icon, const std::string& label) {
  const Theme& t = ui.theme();
  const float height = ui.px(15_mm);
  const float width =
      std::ceil(ui.line_width(label, TextStyle::body_strong)) + t.icon + ui.px(2.5_mm) + 2 * ui.px(5_mm);
  const Rect place = row.take_right(width, ui.px(3_mm)).centred({width, height});
  return button(ui, id, place, {.label = label, .kind = ButtonKind::secondary, .icon = icon});
}

/// 帮吾办, below it the place and the clock; a clock that does not fit there stands beside the name.
void name_and_place(Ui& ui, const Rect& row, const PageSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const std::string both = spec.place + (spec.place.empty() || spec.clock.empty() ? "" : "　") + spec.clock;
  const bool fits = ui.line_width(both, TextStyle::small) <= row.w;
  const std::string& below = fits ? both : spec.place;
  const float name_height = std::round(t.type(TextStyle::heading).em * 1.3F);
  const float below_height = below.empty() ? 0 : std::round(t.type(TextStyle::small).em * 1.4F);
  Rect words = row.centred({row.w, name_height + below_height});
  Rect first = words.take_top(name_height);
  const std::string name = tr("帮吾办");
  ui.text(first, name,
          {.style = TextStyle::heading, .colour = p.on_accent, .vertical = VerticalAlign::middle, .max_lines = 1});
  first.take_left(ui.line_width(name, TextStyle::heading), ui.px(5_mm));
  if (!fits && ui.line_width(spec.clock, TextStyle::clock) <= first.w) {
    ui.text(first, spec.clock,
            {.style = TextStyle::clock, .colour = p.header_soft, .vertical = VerticalAlign::middle, .max_lines = 1});
  }
  ui.text(words, below,
          {.style = TextStyle::small, .colour = p.header_soft, .vertical = VerticalAlign::middle, .max_lines = 1});
}

PageTouch top_bar(Ui& ui, const Rect& bar, const PageSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  ui.fill(bar, p.header);
  Rect row = bar.inset(t.margin, 0);
  PageTouch touched = PageTouch::none;
  // In words of another language: who looks for this button cannot read the current one.
  const Language other = base::facts_of(language()).is_chinese ? Language::en : Language::zh_CN;
  if (spec.language && bar_button(ui, "language", row, Icon::language, base::facts_of(other).own_name)) {
    touched = PageTouch::language;
  }
  if (spec.help && bar_button(ui, "help", row, Icon::help, tr("帮助"))) {
    touched = PageTouch::help;
  }
  const float side = ui.px(16_mm);
  const Rect mark = row.take_left(side, ui.px(4_mm)).centred({side, side});
  ui.round(mark, p.on_accent, ui.px(4_mm));
  ui.icon(mark.inset(std::round(side * 0.14F)), Icon::assisted_self_service, p.header);
  name_and_place(ui, row, spec);
  return touched;
}

struct StepPlaces {
  Rect words, track;
};

// Lying, the words stand in the first column and the track beside them.
StepPlaces step_places(Ui& ui, const Rect& bar) {
  Rect inner = bar.inset(ui.theme().margin, 0);
  const float thick = ui.px(2_mm);
  if (ui.theme().landscape()) {
    const Rect words = take_columns(ui, inner, 1);
    return {words, inner.centred({inner.w, thick})};
  }
  inner.take_top(ui.px(1.5_mm));
  inner.take_bottom(ui.px(3.5_mm));
  const Rect track = inner.take_bottom(thick, thick);
  return {inner, track};
}

void step_bar(Ui& ui, Rect bar, const StepOf& step) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  ui.fill(bar, p.surface);
  const auto [inner, track] = step_places(ui, bar);
  const std::vector<Rect> parts = track.columns(std::max(1, step.total), ui.px(1.5_mm));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ui.round(parts[i], static_cast<int>(i) < step.current ? p.accent : p.sunken, parts[i].h / 2);
  }
  const std::string words = trf("第 {step} 步，共 {total} 步",
                                {{"step", std::to_string(step.current)}, {"total", std::to_string(step.total)}});
  ui.item({.id = "step",
           .role = Role::progress,
           .label = words + " " + step.title,
           .value = std::to_string(step.current) + "/" + std::to_string(step.total),
           .rect = bar});
  ui.text(inner, words,
          {.style = TextStyle::small_strong, .colour = p.accent, .vertical = VerticalAlign::middle, .role = {}});
  ui.text(inner, step.title,
          {.style = TextStyle::small_strong,
           .colour = p.ink,
           .align = Align::right,
           .vertical = VerticalAlign::middle,
           .role = {}});
}

PageTouch bottom_bar(Ui& ui, const Rect& bar, const PageSpec& spec) {
  const Theme& t = ui.theme();
  ui.fill(bar, t.palette().surface);
  ui.fill({bar.x, bar.y, bar.w, t.line_width}, t.palette().line);
  PageTouch touched = PageTouch::none;
  const Rect row = bar.inset(t.margin, std::round((bar.h - t.button_height) / 2));
  const std::vector<Rect> places = row.columns(kGridColumns, ui.px(kGridGap));
  const auto place = [&](std::size_t at, const std::optional<NavigationButton>& wanted, std::string_view id,
                         ButtonSpec usual, PageTouch touch) {
    if (!wanted) {
      return;
    }
    usual.label = wanted->label.empty() ? usual.label : wanted->label;
    if (wanted->icon != Icon::none) {
      (usual.trailing_icon != Icon::none ? usual.trailing_icon : usual.icon) = wanted->icon;
    }
    usual.enabled = wanted->enabled;
    if (button(ui, id, places[at], usual)) {
      touched = touch;
    }
  };
  place(0, spec.back, "back", {.label = tr("上一步"), .kind = ButtonKind::secondary, .icon = Icon::arrow_left},
        PageTouch::back);
  place(1, spec.home, "home", {.label = tr("回首页"), .kind = ButtonKind::quiet, .icon = Icon::home}, PageTouch::home);
  place(2, spec.next, "next", {.label = tr("下一步"), .kind = ButtonKind::primary, .trailing_icon = Icon::arrow_right},
        PageTouch::next);
  return touched;
}

}  // namespace

PageResult page_frame(Ui& ui, const PageSpec& spec) {
  const Theme& t = ui.theme();
  ui.begin_screen(spec.screen);
  ui.fill(ui.screen(), t.palette().background);
  PageResult result;
  Rect rest = ui.screen();
  result.touched = top_bar(ui, rest.take_top(top_bar_height(ui)), spec);
  if (spec.step) {
    step_bar(ui, rest.take_top(step_bar_height(ui)), *spec.step);
  }
  ui.fill({rest.x, rest.y, rest.w, t.line_width}, t.palette().line);
  if (spec.back || spec.home || spec.next) {
    const PageTouch touched = bottom_bar(ui, rest.take_bottom(bottom_bar_height(ui)), spec);
    result.touched = touched != PageTouch::none ? touched : result.touched;
  }
  result.room = rest;
  result.body = rest.inset(t.margin, t.landscape() ? ui.px(5_mm) : t.space);
  return result;
}

Rect take_columns(Ui& ui, Rect& area, int columns) {
  const float gap = ui.px(kGridGap);
  const float taken = area.columns(kGridColumns, gap)[static_cast<std::size_t>(columns - 1)].right() - area.x;
  return area.take_left(taken, gap);
}

}  // namespace bangwu::widgets
