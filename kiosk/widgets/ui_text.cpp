#include <algorithm>
#include <cmath>

#include "imgui.h"
#include "widgets/line_break.h"
#include "widgets/stage_state.h"
#include "widgets/ui.h"

namespace bangwu::widgets {
namespace {

struct Lines {
  std::vector<std::string_view> lines;
  std::string last;  // owns the shortened last line
};

float width_of(std::string_view line, ImFontBaked* baked) {
  float width = 0;
  for (std::size_t at = 0; at < line.size();) {
    width += baked->GetCharAdvance(next_character(line, at));
  }
  return width;
}

void shorten(Lines& laid_out, float width, ImFontBaked* baked, std::string_view all) {
  const std::string_view last = laid_out.lines.back();
  const auto start = static_cast<std::size_t>(last.data() - all.data());
  const float room = width - baked->GetCharAdvance(U'…');
  std::size_t end = start;
  float used = 0;
  while (end < start + last.size()) {
    std::size_t next = end;
    used += baked->GetCharAdvance(next_character(all, next));
    if (used > room) {
      break;
    }
    end = next;
  }
  laid_out.last = std::string(all.substr(start, end - start)) + "…";
  laid_out.lines.back() = laid_out.last;
}

/// `lines` are views into `words`, or into `last`: keep the result where it is.
void lay_out(Lines& laid_out, std::string_view words, float width, int max_lines, ImFontBaked* baked) {
  laid_out.lines = break_lines(words, width, [baked](char32_t c) { return baked->GetCharAdvance(c); });
  if (max_lines > 0 && laid_out.lines.size() > static_cast<std::size_t>(max_lines)) {
    laid_out.lines.resize(static_cast<std::size_t>(max_lines));
    shorten(laid_out, width, baked, words);
  }
}

}  // namespace

float Ui::text(Rect area, std::string_view words, const TextOptions& options) {
  if (words.empty()) {
    return 0;
  }
  const Type& type = theme().type(options.style);
  ImFontBaked* baked = state_.fonts.baked(type);
  Lines laid_out;
  lay_out(laid_out, words, area.w, options.max_lines, baked);
  const float height = type.line * static_cast<float>(laid_out.lines.size());
  float y = std::round(options.vertical == VerticalAlign::middle ? area.y + (area.h - height) / 2 : area.y);
  const Colour c = options.colour.value_or(palette().ink);
  const Rect& clip = state_.clips.back();
  Rect used{area.right(), y, 0, height};
  float right = area.x;
  for (const std::string_view line : laid_out.lines) {
    const float width = width_of(line, baked);
    const float free = area.w - width;
    const float x = std::round(area.x + (options.align == Align::left     ? 0
                                         : options.align == Align::centre ? free / 2
                                                                          : free));
    used.x = std::min(used.x, x);
    right = std::max(right, x + width);
    if (!line.empty() && y < clip.bottom() && y + type.line > clip.y) {
      draw_list()->AddText(state_.fonts.face(type), Fonts::size_of(type), {x, y + Fonts::offset_in_line(type)},
                           IM_COL32(c.r, c.g, c.b, c.a), line.data(), line.data() + line.size());
    }
    y += type.line;
  }
  used.w = right - used.x;
  if (options.role) {
    item({.role = *options.role, .label = std::string(words), .rect = used});
  }
  return height;
}

Size Ui::measure(std::string_view words, TextStyle style, float width, int max_lines) {
  if (words.empty()) {
    return {};
  }
  const Type& type = theme().type(style);
  ImFontBaked* baked = state_.fonts.baked(type);
  Lines laid_out;
  lay_out(laid_out, words, width, max_lines, baked);
  Size size{0, type.line * static_cast<float>(laid_out.lines.size())};
  for (const std::string_view line : laid_out.lines) {
    size.w = std::max(size.w, width_of(line, baked));
  }
  return size;
}

float Ui::line_width(std::string_view words, TextStyle style) {
  return width_of(words, state_.fonts.baked(theme().type(style)));
}

void heading(Ui& ui, Rect& area, std::string_view words, TextStyle style) {
  const float height = ui.text(area, words, {.style = style, .role = Role::heading});
  area.take_top(height, ui.px(6_mm));
}

void paragraph(Ui& ui, Rect& area, std::string_view words, const TextOptions& options) {
  const float height = ui.text(area, words, options);
  area.take_top(height, ui.theme().gap);
}

}  // namespace bangwu::widgets
