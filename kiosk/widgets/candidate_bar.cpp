#include "widgets/candidate_bar.h"

#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

constexpr std::size_t kMostShown = 12;

float composition_height(Ui& ui) { return ui.px(ui.theme().landscape() ? 7_mm : 8_mm); }

float width_of(Ui& ui, const std::string& candidate) {
  return std::max(ui.theme().target, std::ceil(ui.line_width(candidate, TextStyle::key)) + 2 * ui.px(3.5_mm));
}

/// How many of the candidates from `first` on fit into `room`; at least one if there is one.
std::size_t count_on_page(Ui& ui, const TextEngine& engine, std::size_t first, float room) {
  std::size_t count = 0;
  float used = 0;
  for (const std::string& candidate : engine.candidates(first, kMostShown)) {
    used += width_of(ui, candidate) + ui.px(kMinimumGap);
    if (count > 0 && used - ui.px(kMinimumGap) > room) {
      break;
    }
    ++count;
  }
  return count;
}

/// Where the page before the one that begins at `first` begins.
std::size_t page_before(Ui& ui, const TextEngine& engine, std::size_t first, float room) {
  std::size_t start = 0;
  while (true) {
    const std::size_t count = count_on_page(ui, engine, start, room);
    if (count == 0 || start + count >= first) {
      return start;
    }
    start += count;
  }
}

bool candidate(Ui& ui, std::size_t index, const Rect& place, const std::string& words, bool best) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  const Touch touch = touchable(ui, Role::key, "candidate:" + std::to_string(index), place, words, Enabled::yes);
  if (touch.held || best) {
    ui.round(place, touch.held ? p.accent : p.accent_soft, t.radius_small);
  }
  ui.text(place, words,
          inner_text(TextStyle::key,
                     touch.held ? p.on_accent
                     : best     ? p.accent
                                : p.ink,
                     Align::centre, 1));
  return touch.pressed;
}

}  // namespace

float candidate_bar_height(Ui& ui) { return composition_height(ui) + ui.px(ui.theme().landscape() ? 14_mm : 15_mm); }

std::optional<std::size_t> candidate_bar(Ui& ui, Rect area, std::size_t& first, const TextEngine& engine) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  ui.round(area, p.surface, t.radius_small);
  Rect inner = area.inset(ui.px(2_mm), 0);
  const Rect composition = inner.take_top(composition_height(ui));
  ui.text(composition.inset(ui.px(2_mm), 0), engine.composition(),
          {.style = TextStyle::small, .colour = p.accent, .vertical = VerticalAlign::middle, .max_lines = 1});
  inner.take_bottom(ui.px(1_mm));
  const float page_key = ui.px(16_mm);
  const float gap = ui.px(kMinimumGap);
  const float room = inner.w - 2 * (page_key + gap);
  const std::vector<std::string> candidates = engine.candidates(first, kMostShown);
  const std::size_t count = count_on_page(ui, engine, first, room);
  std::optional<std::size_t> chosen;
  Rect row = inner;
  for (std::size_t i = 0; i < count; ++i) {
    const Rect place = row.take_left(std::min(width_of(ui, candidates[i]), room), gap);
    if (candidate(ui, first + i, place, candidates[i], first + i == 0)) {
      chosen = first + i;
    }
  }
  if (candidates.empty()) {
    return chosen;
  }
  const Rect next = inner.take_right(page_key, gap);
  const Rect previous = inner.take_right(page_key, gap);
  const Enabled forward =
      candidates.size() > count || !engine.candidates(first + count, 1).empty() ? Enabled::yes : Enabled::no;
  const std::size_t shown_first = first;
  if (icon_button(ui, "candidates:previous", previous, Icon::chevron_left, tr("上一组"),
                  first > 0 ? Enabled::yes : Enabled::no)) {
    first = page_before(ui, engine, shown_first, room);
  }
  if (icon_button(ui, "candidates:next", next, Icon::chevron_right, tr("下一组"), forward)) {
    first = shown_first + count;
  }
  return chosen;
}

}  // namespace bangwu::widgets
