#include "screens/text_box.h"

#include <algorithm>

#include "base/utf8.h"
#include "widgets/line_break.h"

namespace bangwu::screens {
namespace {

constexpr TextStyle kStyle = TextStyle::key;
constexpr std::size_t kMostRows = 6;

std::vector<std::string_view> lines_of(Ui& ui, std::string_view text, float width) {
  const auto advance = [&ui](char32_t c) { return ui.line_width(base::to_utf8(c), kStyle); };
  return widgets::break_lines(text, width, advance);
}

// The part of a line that belongs to the composition, which begins at byte `from` of the whole text.
void draw_line(Ui& ui, Rect line, std::string_view words, std::size_t offset, std::size_t from) {
  const TextOptions plain{.style = kStyle, .max_lines = 1, .role = std::nullopt};
  const auto settled = words.substr(0, from > offset ? std::min(words.size(), from - offset) : 0);
  const auto composed = words.substr(settled.size());
  const float width = ui.line_width(settled, kStyle);
  // Wider than it is: a line that fits is not shortened.
  if (!settled.empty()) ui.text({line.x, line.y, width + line.h, line.h}, settled, plain);
  if (composed.empty()) return;
  const float more = ui.line_width(composed, kStyle);
  auto accent = plain;
  accent.colour = ui.palette().accent;
  ui.text({line.x + width, line.y, more + line.h, line.h}, composed, accent);
  ui.fill({line.x + width, line.bottom() - ui.theme().line_width * 2, more, ui.theme().line_width},
          ui.palette().accent);
}

}  // namespace

void text_box(Ui& ui, Rect& area, const TextBox& box) {
  const auto& theme = ui.theme();
  const auto& palette = ui.palette();
  const float pad = ui.px(5_mm);
  const float line_height = theme.type(kStyle).line;
  const std::string whole = box.value + box.composition;
  const auto lines = lines_of(ui, whole, area.w - 2 * pad - theme.line_width * 4);
  const auto wanted = std::clamp(std::max(lines.size(), static_cast<std::size_t>(box.rows)), std::size_t{1}, kMostRows);
  const float height = std::max(ui.px(22_mm), line_height * static_cast<float>(wanted) + 2 * pad);
  const Rect place = area.take_top(height, theme.gap);
  ui.item({.id = "input",
           .role = Role::field,
           .label = box.label,
           .value = box.value,
           .rect = place,
           .visible = place,
           .focused = true});
  ui.round(place, palette.surface, theme.radius_small);
  ui.outline(place, box.wrong ? palette.error : palette.accent, theme.radius_small, theme.line_width * 2);
  Rect inside = place.inset(pad);
  if (wanted == 1) inside = inside.centred({inside.w, line_height});
  const std::size_t shown = std::min(lines.size(), wanted);
  float caret = 0;
  for (std::size_t i = lines.size() - shown; i < lines.size(); ++i) {
    const Rect line{inside.x, inside.y, inside.w, line_height};
    draw_line(ui, line, lines[i], static_cast<std::size_t>(lines[i].data() - whole.data()), box.value.size());
    caret = ui.line_width(lines[i], kStyle);
    if (i + 1 < lines.size()) inside.y += line_height;
  }
  const float thick = theme.line_width * 2;
  ui.fill({inside.x + caret + thick, inside.y + line_height * 0.1F, thick, line_height * 0.8F}, palette.accent);
  if (!whole.empty()) return;
  ui.text({inside.x + thick * 3, inside.y, inside.w - thick * 3, line_height}, box.placeholder,
          {.colour = palette.ink_soft, .vertical = VerticalAlign::middle, .max_lines = 1, .role = std::nullopt});
}

}  // namespace bangwu::screens
