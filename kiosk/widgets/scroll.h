#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "widgets/ui.h"

namespace bangwu::widgets {

/// Where a scroll area is; the screen keeps one for each, zero at first.
struct ScrollState {
  float offset = 0;                  ///< pixels above the visible part
  float content_height = 0;          ///< as drawn last
  std::optional<float> drag_from{};  ///< the offset when a finger began to drag
};

/// Draws `content` inside `area`, moved up by the offset. The content gets a rectangle as wide as the area (less the
/// button column when it does not fit) and as high as it likes, and returns the height it used. When that is more than
/// fits, a column at the right shows 上一页 and 下一页 buttons ("<id>:up", "<id>:down") and how far one is; dragging
/// works too. Rows scrolled away are still listed as items with an empty `visible`.
void scroll_area(Ui& ui, std::string_view id, Rect area, ScrollState& state, const std::function<float(Rect)>& content);

}  // namespace bangwu::widgets
