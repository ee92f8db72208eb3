#include <algorithm>
#include <cmath>

#include "screens/page_parts.h"

namespace bangwu::screens {
namespace {

/// How much of the lines is shown: a list that would not fit says less of each rather than hiding some of them.
enum class Said { all, one_line_below, titles, small_titles };

widgets::RowSpec row_saying(widgets::RowSpec row, Said said) {
  if (said == Said::one_line_below) row.subtitle_lines = 1;
  if (said >= Said::titles) row.subtitle.clear();
  if (said == Said::small_titles) {
    row.title_style = TextStyle::small_strong;
    row.icon = Icon::none;
  }
  return row;
}

struct Plan {
  std::vector<widgets::RowSpec> rows{};
  std::vector<float> heights{};  ///< of each line of the grid
  float gap = 0;
  std::size_t columns = 1;

  [[nodiscard]] float height() const {
    float all = -gap;
    for (const float each : heights) all += each + gap;
    return all;
  }
};

// Each line of the grid as high as its tallest needs.
Plan plan_for(Ui& ui, const std::vector<Line>& lines, std::size_t columns, float width, float gap, Said said) {
  Plan plan{{}, {}, gap, columns};
  const float cell = (width - ui.theme().gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    plan.rows.push_back(row_saying(lines[i].row, said));
    if (i % columns == 0) plan.heights.push_back(0);
    plan.heights.back() = std::max(plan.heights.back(), widgets::height_of(ui, plan.rows.back(), cell));
  }
  return plan;
}

// All lines alike where there is room, but never so high that a line looks like a poster.
void even_out(Ui& ui, Plan& plan, float room) {
  const auto count = static_cast<float>(plan.heights.size());
  const float tallest = *std::max_element(plan.heights.begin(), plan.heights.end());
  const float share = std::floor((room - plan.gap * (count - 1)) / count);
  const float most = std::max(tallest, ui.px(plan.rows.size() <= 3 ? 52_mm : 44_mm));
  if (share >= tallest) return plan.heights.assign(plan.heights.size(), std::min(share, most));
  const float more = std::floor(std::max(0.F, room - plan.height()) / count);
  for (float& height : plan.heights) height += more;
}

std::optional<Plan> plan_that_fits(Ui& ui, const std::vector<Line>& lines, std::size_t columns, Rect body) {
  for (const auto said : {Said::all, Said::one_line_below, Said::titles, Said::small_titles}) {
    auto plan = plan_for(ui, lines, columns, body.w, ui.theme().gap, said);
    if (plan.height() > body.h) plan.gap = ui.px(3_mm);
    if (plan.height() > body.h) continue;
    even_out(ui, plan, body.h);
    return plan;
  }
  return std::nullopt;
}

std::optional<std::size_t> draw_plan(Ui& ui, Rect area, const std::vector<Line>& lines, const Plan& plan) {
  std::optional<std::size_t> touched;
  const auto across = area.columns(static_cast<int>(plan.columns), ui.theme().gap);
  float y = area.y;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const float height = plan.heights[i / plan.columns];
    const Rect& column = across[i % plan.columns];
    const Rect cell{column.x, y, column.w, height};
    if (widgets::list_row(ui, lines[i].id, cell, plan.rows[i]) == widgets::RowTouch::row) touched = i;
    if ((i + 1) % plan.columns == 0) y += height + plan.gap;
  }
  return touched;
}

}  // namespace

std::optional<std::size_t> line_list(Scene& scene, std::string_view id, const std::vector<Line>& lines,
                                     int columns_in_landscape) {
  if (lines.empty()) return std::nullopt;
  auto& ui = scene.ui;
  const auto columns =
      static_cast<std::size_t>(scene.theme().landscape() && lines.size() > 1 ? columns_in_landscape : 1);
  if (const auto plan = plan_that_fits(ui, lines, columns, scene.body)) return draw_plan(ui, scene.body, lines, *plan);
  std::optional<std::size_t> touched;
  widgets::scroll_area(ui, id, scene.body, scene.state.scroll, [&](Rect area) {
    const auto plan = plan_for(ui, lines, columns, area.w, scene.theme().gap, Said::all);
    touched = draw_plan(ui, area, lines, plan);
    return plan.height();
  });
  return touched;
}

}  // namespace bangwu::screens
