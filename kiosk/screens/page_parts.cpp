#include "screens/page_parts.h"

#include <algorithm>
#include <cmath>

namespace bangwu::screens {
namespace {

// As high as the tallest needs, higher when there is room, but never so high that an answer looks like a poster.
float shared_height(float needed, float available, int rows, float gap, float most) {
  const float share = (available - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  return std::floor(std::max(needed, std::min(share, most)));
}

// Words that run across a whole lying panel are not read.
float readable_width(Ui& ui, float width) { return std::min(width, ui.px(300_mm)); }

}  // namespace

void question_beside(Scene& scene) {
  if (!scene.theme().landscape()) return;
  scene.aside = widgets::take_columns(scene.ui, scene.body, 1);
  scene.body.skip_top(scene.theme().gap);
}

void ask(Scene& scene, std::string_view question, std::string_view lead) { ask_at(scene, {}, question, lead); }

void ask_at(Scene& scene, std::string_view place, std::string_view question, std::string_view lead) {
  auto& ui = scene.ui;
  Rect& area = scene.words();
  const float gap = scene.theme().gap;
  if (!place.empty()) {
    area.skip_top(gap);
    widgets::paragraph(ui, area, place, {.style = TextStyle::small_strong, .colour = ui.palette().accent});
  }
  area.skip_top(gap);
  widgets::heading(ui, area, question);
  if (!lead.empty()) widgets::paragraph(ui, area, lead, {.colour = ui.palette().ink_soft});
  area.skip_top(gap);
}

void remark(Scene& scene, Tone tone, std::string_view words, std::string_view title) {
  widgets::banner(scene.ui, scene.words(), tone, words, title);
}

float note_height(Ui& ui, float width, std::string_view words) {
  const auto& theme = ui.theme();
  const float inner = width - 2 * theme.gap - theme.icon - theme.gap;
  return std::max(ui.measure(words, TextStyle::small, inner).h, theme.icon) + 2 * theme.gap;
}

float note(Ui& ui, Rect area, Icon icon, std::string_view words) {
  const auto& theme = ui.theme();
  area.h = note_height(ui, area.w, words);
  ui.round(area, ui.palette().accent_soft, theme.radius_small);
  Rect inside = area.inset(theme.gap);
  Rect mark = inside.take_left(theme.icon, theme.gap);
  mark.h = std::min(mark.h, ui.theme().type(TextStyle::small).line);
  ui.icon(mark, icon, ui.palette().accent);
  ui.text(inside, words, {.style = TextStyle::small, .vertical = VerticalAlign::middle});
  return area.h;
}

void tip(Scene& scene, Icon icon, std::string_view words) {
  Rect& all = scene.words();
  const Rect area = all.take_bottom(note_height(scene.ui, all.w, words), scene.theme().gap);
  note(scene.ui, area, icon, words);
}

std::optional<std::size_t> choose(Scene& scene, const std::vector<Option>& options) {
  auto& ui = scene.ui;
  const int count = static_cast<int>(options.size());
  const float gap = scene.theme().gap;
  std::vector<widgets::ChoiceSpec> specs;
  float needed = 0;
  for (const auto& option : options) {
    specs.push_back({option.title, option.subtitle, option.icon, option.selected, Enabled::yes});
    needed = std::max(needed, widgets::height_of(ui, specs.back(), scene.body.w));
  }
  const float most = std::max(needed, ui.px(count <= 3 ? 50_mm : 40_mm));
  const float height = shared_height(needed, scene.body.h, count, gap, most);
  std::optional<std::size_t> touched;
  const auto draw = [&](Rect area) {
    const float top = area.y;
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (widgets::choice(ui, options[i].id, {area.x, area.y, area.w, height}, specs[i])) touched = i;
      area.y += height + gap;
    }
    return area.y - gap - top;
  };
  const bool fits = height * static_cast<float>(count) + gap * static_cast<float>(count - 1) <= scene.body.h;
  if (fits) draw(scene.body);
  else widgets::scroll_area(ui, "choices", scene.body, scene.state.scroll, draw);
  return touched;
}

std::optional<std::size_t> doors(Scene& scene, const std::vector<Door>& tiles, int columns) {
  auto& ui = scene.ui;
  const int count = static_cast<int>(tiles.size());
  const int rows = (count + columns - 1) / columns;
  const float gap = scene.theme().gap;
  const float width = (scene.body.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  float needed = 0;
  for (const auto& door : tiles) needed = std::max(needed, widgets::height_of(ui, door.tile, width));
  const float height = shared_height(needed, scene.body.h, rows, gap,
                                     std::max(needed, ui.px(columns > 1  ? 78_mm
                                                            : count <= 3 ? 62_mm
                                                                         : 44_mm)));
  const auto cells = scene.body.grid(count, columns, height, gap);
  std::optional<std::size_t> touched;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    if (widgets::tile(ui, tiles[i].id, cells[i], tiles[i].tile)) touched = i;
  }
  scene.body.skip_top(height * static_cast<float>(rows) + gap * static_cast<float>(rows));
  return touched;
}

void pager(Scene& scene, int screenful, int of) {
  if (of <= 1) return;
  auto& ui = scene.ui;
  // Lying panels have less height to give away.
  const float height = scene.theme().landscape() ? ui.px(16_mm) : scene.theme().button_height;
  Rect bar = scene.body.take_bottom(height, scene.theme().gap);
  const widgets::ButtonSpec previous{
      .label = tr("上一页"), .icon = Icon::chevron_left, .enabled = enabled_if(screenful > 0)};
  const widgets::ButtonSpec next{
      .label = tr("下一页"), .trailing_icon = Icon::chevron_right, .enabled = enabled_if(screenful + 1 < of)};
  auto where =
      trf("第 {page} 页，共 {pages} 页", {{"page", std::to_string(screenful + 1)}, {"pages", std::to_string(of)}});
  if (ui.line_width(where, TextStyle::body) > bar.w) where = std::to_string(screenful + 1) + "/" + std::to_string(of);
  const float width = std::max(widgets::size_of(ui, previous).w, widgets::size_of(ui, next).w);
  const float gap = scene.theme().gap;
  // Beside a keyboard there is room for arrows only.
  const bool narrow = 2 * (width + gap) + ui.line_width(where, TextStyle::body) > bar.w;
  const Rect left = bar.take_left(narrow ? bar.h * 1.2F : width, gap);
  const Rect right = bar.take_right(narrow ? bar.h * 1.2F : width, gap);
  const bool back =
      narrow ? widgets::icon_button(ui, "list:prev", left, Icon::chevron_left, previous.label, previous.enabled)
             : widgets::button(ui, "list:prev", left, previous);
  const bool on = narrow ? widgets::icon_button(ui, "list:next", right, Icon::chevron_right, next.label, next.enabled)
                         : widgets::button(ui, "list:next", right, next);
  if (back) scene.say(session::ListTurned{-1});
  if (on) scene.say(session::ListTurned{1});
  ui.text(bar, where, {.colour = ui.palette().ink_soft, .align = Align::centre, .vertical = VerticalAlign::middle});
}

float chip_width(Ui& ui, std::string_view label) {
  return std::ceil(ui.line_width(label, TextStyle::small_strong)) + ui.theme().icon + 3.5F * ui.theme().gap;
}

bool chip_button(Ui& ui, std::string_view id, Rect area, std::string_view label, Selected selected) {
  const bool on = selected == Selected::yes;
  const auto touch = ui.item({.id = std::string{id},
                              .role = Role::radio,
                              .label = std::string{label},
                              .value = {},
                              .rect = area,
                              .visible = area,
                              .selected = on,
                              .touchable = true});
  const auto& palette = ui.palette();
  const float radius = area.h / 2;
  ui.round(area, on || touch.held ? palette.accent_soft : palette.surface, radius);
  ui.outline(area, on || touch.held ? palette.accent : palette.outline, radius, ui.theme().line_width * (on ? 2 : 1));
  Rect inside = area.inset(ui.theme().gap, 0);
  if (on) {
    const float mark = ui.theme().icon;
    Rect middle = inside.centred(
        {std::min(inside.w, ui.line_width(label, TextStyle::small_strong) + mark + ui.theme().gap / 2), inside.h});
    ui.icon(middle.take_left(mark, ui.theme().gap / 2), Icon::check, palette.accent);
    inside = middle;
  }
  ui.text(inside, label,
          {.style = on ? TextStyle::small_strong : TextStyle::small,
           .colour = on ? palette.accent : palette.ink,
           .align = Align::centre,
           .vertical = VerticalAlign::middle,
           .role = std::nullopt});
  return touch.clicked;
}

float announcement_height(Ui& ui, float width, std::string_view title, std::string_view words) {
  width = readable_width(ui, width);
  float height = ui.px(34_mm) + ui.theme().space + ui.measure(title, TextStyle::title, width).h;
  if (!words.empty()) height += ui.theme().gap + ui.measure(words, TextStyle::body, width).h;
  return height;
}

void announcement(Ui& ui, Rect area, Icon icon, Tone tone, std::string_view title, std::string_view words) {
  area = area.centred({readable_width(ui, area.w), area.h});
  const float height = announcement_height(ui, area.w, title, words);
  // A little above the middle: where the eye expects the centre.
  area.skip_top(std::max(0.F, (area.h - height) * 0.4F));
  const float size = ui.px(34_mm);
  const Rect row = area.take_top(size, ui.theme().space);
  const Rect mark{row.x + (row.w - size) / 2, row.y, size, size};
  ui.circle(mark, tone == Tone::neutral ? ui.palette().sunken : ui.theme().soft_colour(tone));
  ui.icon(mark.inset(size * 0.26F), icon, ui.theme().colour(tone));
  const float used = ui.text(area, title, {.style = TextStyle::title, .align = Align::centre, .role = Role::heading});
  area.skip_top(used + ui.theme().gap);
  if (!words.empty()) ui.text(area, words, {.colour = ui.palette().ink_soft, .align = Align::centre});
}

}  // namespace bangwu::screens
