#include "widgets/notices.h"

#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"

namespace bangwu::widgets {
namespace {

Icon icon_of(Tone tone) {
  switch (tone) {
    case Tone::success: return Icon::success;
    case Tone::warning: return Icon::warning;
    case Tone::error: return Icon::error;
    case Tone::neutral:
    case Tone::accent: return Icon::info;
  }
  return Icon::info;
}

}  // namespace

void banner(Ui& ui, Rect& area, Tone tone, std::string_view words, std::string_view title) {
  const Theme& t = ui.theme();
  const float pad = ui.px(5_mm);
  const float icon = std::round(t.icon * 1.3F);
  const float width = area.w - 2 * pad - icon - ui.px(4_mm);
  const float title_height = ui.measure(title, TextStyle::body_strong, width).h;
  const float words_height = ui.measure(words, TextStyle::body, width).h;
  const float height = std::max(icon, title_height + words_height) + 2 * ui.px(4_mm);
  const Rect place = area.take_top(height, t.gap);
  const Colour ground = tone == Tone::neutral ? t.palette().surface : t.soft_colour(tone);
  ui.round(place, ground, t.radius);
  Rect inner = place.inset(pad, ui.px(4_mm));
  const float first_line = t.type(TextStyle::body).line;
  ui.icon(Rect{inner.x, inner.y, icon, first_line}.centred({icon, icon}), icon_of(tone), t.colour(tone));
  inner.take_left(icon, ui.px(4_mm));
  ui.item({.role = Role::banner,
           .label = std::string(title.empty() ? words : title),
           .value = std::string(title.empty() ? std::string_view() : words),
           .rect = place});
  Rect text = inner.centred({inner.w, title_height + words_height});
  text.take_top(ui.text(text, title, {.style = TextStyle::body_strong, .colour = t.colour(tone), .role = {}}));
  ui.text(text, words, {.style = TextStyle::body, .role = {}});
}

float chip(Ui& ui, Rect area, Tone tone, std::string_view word, Align align) {
  const Theme& t = ui.theme();
  const float width = std::min(area.w, ui.line_width(word, TextStyle::small_strong) + 2 * ui.px(3_mm));
  Rect place = align == Align::right ? area.take_right(width) : area.take_left(width);
  const Rect pill = place.centred({width, t.type(TextStyle::small).line});
  ui.round(pill, t.soft_colour(tone), pill.h / 2);
  ui.text(pill, word,
          {.style = TextStyle::small_strong,
           .colour = t.colour(tone),
           .align = Align::centre,
           .vertical = VerticalAlign::middle,
           .max_lines = 1});
  return width;
}

void progress_bar(Ui& ui, std::string_view id, Rect area, float fraction, Tone tone) {
  const float part = std::clamp(fraction, 0.F, 1.F);
  ui.item({.id = std::string(id),
           .role = Role::progress,
           .value = std::to_string(static_cast<int>(std::lround(part * 100))) + " %",
           .rect = area});
  const Rect track = area.centred({area.w, std::min(area.h, ui.px(3_mm))});
  ui.round(track, ui.palette().sunken, track.h / 2);
  if (part > 0) {
    ui.round({track.x, track.y, std::max(track.h, std::round(track.w * part)), track.h}, ui.theme().colour(tone),
             track.h / 2);
  }
}

void busy(Ui& ui, std::string_view id, Rect area, std::string_view words) {
  const Theme& t = ui.theme();
  constexpr std::chrono::milliseconds kTurn{250};
  const auto turn = ui.now().time_since_epoch() / kTurn;
  ui.draw_again_at(base::SteadyTime((turn + 1) * kTurn));
  ui.item({.id = std::string(id), .role = Role::progress, .label = std::string(words), .rect = area});
  const float dot = ui.px(4_mm);
  const float gap = ui.px(3_mm);
  const float words_height = ui.measure(words, TextStyle::body, area.w).h;
  Rect column = area.centred({area.w, dot + (words.empty() ? 0 : t.gap + words_height)});
  Rect dots = column.take_top(dot, t.gap).centred({3 * dot + 2 * gap, dot});
  for (int i = 0; i < 3; ++i) {
    ui.circle(dots.take_left(dot, gap), turn % 3 == i ? t.palette().accent : rgb(0xB9CBE8));
  }
  ui.text(column, words, {.align = Align::centre, .role = {}});
}

void steps(Ui& ui, Rect& area, const std::vector<StepEntry>& entries) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const float mark = ui.px(9_mm);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const StepEntry& e = entries[i];
    const float width = area.w - mark - ui.px(5_mm);
    const float title = ui.measure(e.title, TextStyle::body_strong, width).h;
    const float note = ui.measure(e.note, TextStyle::small, width).h;
    Rect row = area.take_top(std::max(mark, title + note) + ui.px(5_mm));
    const Rect place{row.x, row.y + std::round((t.type(TextStyle::body).line - mark) / 2), mark, mark};
    if (i + 1 < entries.size()) {
      const float line = t.line_width * 1.5F;
      ui.fill({place.centre().x - line / 2, place.y, line, row.h + mark / 2},
              e.state == StepState::done ? p.success : p.outline);
    }
    const bool done = e.state == StepState::done;
    const bool current = e.state == StepState::current;
    const bool stopped = e.state == StepState::stopped;
    ui.circle(place, done ? p.success : current ? p.accent : stopped ? p.error : p.outline);
    if (done || stopped) {
      ui.icon(place.inset(std::round(mark * 0.15F)), done ? Icon::check : Icon::close, p.on_accent);
    } else {
      ui.circle(place.inset(std::round(mark * (current ? 0.3F : 0.14F))), p.surface);
    }
    row.take_left(mark, ui.px(5_mm));
    const Colour ink = current ? p.accent : stopped ? p.error : e.state == StepState::ahead ? p.ink_soft : p.ink;
    row.take_top(ui.text(row, e.title, {.style = TextStyle::body_strong, .colour = ink}));
    ui.text(row, e.note, {.style = TextStyle::small, .colour = p.ink_soft});
  }
}

void term(Ui& ui, Rect& area, std::string_view name, std::string_view value, TextStyle value_style) {
  const Theme& t = ui.theme();
  area.take_top(ui.text(area, name, {.style = TextStyle::small, .colour = t.palette().ink_soft}));
  area.take_top(ui.text(area, value, {.style = value_style}), t.gap);
}

}  // namespace bangwu::widgets
