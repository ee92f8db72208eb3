#include <algorithm>
#include <cmath>

#include "widgets/button_parts.h"
#include "widgets/ink_raster.h"
#include "widgets/pictures.h"
#include "widgets/stage_state.h"

namespace bangwu::widgets {
namespace {

void draw_ink(Ui& ui, std::string_view id, const Rect& area, const std::vector<Stroke>& strokes, float pen) {
  StageState& state = ui.state();
  const int width = static_cast<int>(area.w);
  const int height = static_cast<int>(area.h);
  auto& raster = state.ink[std::string(id)];
  if (raster == nullptr || !raster->fits(width, height, pen)) {
    raster = std::make_unique<InkRaster>(width, height, pen);
  }
  state.ink_drawn.emplace_back(id);
  raster->update(strokes);
  const Ui::Clip clip(ui, area);
  const Colour ink = ui.palette().ink;
  for (const auto& [key, tile] : raster->tiles()) {
    const float x = area.x + static_cast<float>(tile.x);
    const float y = area.y + static_cast<float>(tile.y);
    const Texture& texture = tile.mask->texture;
    ui.draw_list()->AddImage(reference_to(texture), {x, y},
                             {x + static_cast<float>(texture.width), y + static_cast<float>(texture.height)}, {0, 0},
                             {1, 1}, IM_COL32(ink.r, ink.g, ink.b, ink.a));
  }
}

/// The time strokes are counted from: when the pad was first touched.
std::chrono::milliseconds stroke_time(const std::vector<Stroke>& strokes, base::SteadyTime at,
                                      base::SteadyTime& first) {
  if (strokes.size() == 1 && strokes.front().empty()) {
    first = at;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(at - first);
}

bool follow_finger(Ui& ui, std::string_view id, const Rect& area, std::vector<Stroke>& strokes) {
  bool changed = false;
  const auto add = [&](Point at, base::SteadyTime when) {
    const InkPoint point{std::clamp((at.x - area.x) / area.w, 0.F, 1.F), std::clamp((at.y - area.y) / area.h, 0.F, 1.F),
                         stroke_time(strokes, when, ui.state().pad_first_touch)};
    strokes.back().push_back(point);
    changed = true;
  };
  for (const TimedInput& input : ui.path(id)) {
    if (const auto* down = std::get_if<PointerDown>(&input.input)) {
      strokes.emplace_back();
      add(down->at, input.at);
    } else if (const auto* moved = std::get_if<PointerMoved>(&input.input); moved != nullptr && !strokes.empty()) {
      add(moved->at, input.at);
    }
  }
  return changed;
}

}  // namespace

bool signature_pad(Ui& ui, std::string_view id, Rect area, std::vector<Stroke>& strokes, const PadSpec& spec) {
  const Theme& t = ui.theme();
  const Palette& p = t.palette();
  ui.item({.id = std::string(id),
           .role = Role::pad,
           .label = spec.hint,
           .value = std::to_string(strokes.size()),
           .rect = area,
           .touchable = true});
  ui.round(area, p.surface, t.radius);
  ui.outline(area, p.outline, t.radius, t.line_width);
  const Rect inner = area.inset(t.line_width);
  const bool changed = follow_finger(ui, id, inner, strokes);
  if (spec.base_line) {
    const float dash = ui.px(3_mm);
    const float y = std::round(inner.y + inner.h * 0.78F);
    for (float x = inner.x + ui.px(10_mm); x + dash < inner.right() - ui.px(10_mm); x += 2 * dash) {
      ui.fill({x, y, dash, t.line_width}, p.line);
    }
  }
  if (strokes.empty()) {
    ui.text(inner, spec.hint, inner_text(TextStyle::heading, p.ink_soft, Align::centre, 2));
  }
  draw_ink(ui, id, inner, strokes, ui.px(spec.pen));
  return changed;
}

}  // namespace bangwu::widgets
