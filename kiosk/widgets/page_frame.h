#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "widgets/controls.h"
#include "widgets/ui.h"

namespace bangwu::widgets {

/// A button of the bottom bar; an empty label takes the usual word (上一步, 回首页, 下一步).
struct NavigationButton {
  std::string label{};
  Icon icon = Icon::none;
  Enabled enabled = Enabled::yes;
};

struct StepOf {
  int current = 1;
  int total = 1;
  std::string title{};  ///< e.g. 上传材料
};

/// The fixed frame of every page: at the top 帮吾办 with the place, the step, 帮助 and 语言; at the bottom back (left),
/// home (middle), next (right, the only filled button). What is absent leaves its place empty.
struct PageSpec {
  std::string screen{};  ///< stable name of the screen, e.g. "choose_item"
  std::string place{};   ///< e.g. 区政务服务中心
  std::string clock{};   ///< date and time as words, or empty
  std::optional<StepOf> step{};
  std::optional<NavigationButton> back{};
  std::optional<NavigationButton> home{};
  std::optional<NavigationButton> next{};
  bool help = true;
  bool language = true;
};

enum class PageTouch { none, back, home, next, help, language };

struct PageResult {
  Rect body;                            ///< for the screen's content, margins already taken off
  Rect room;                            ///< all between the bars, from edge to edge: for grounds
  PageTouch touched = PageTouch::none;  ///< ids "back", "home", "next", "help", "language"
};

/// Draws ground and frame; call it first on a page. Bars and body share one pair of margins.
[[nodiscard]] PageResult page_frame(Ui& ui, const PageSpec& spec);

/// The page's grid: the three columns that the bottom bar's buttons stand in. What divides a page in landscape keeps to
/// them, so that its edges line up with the bars.
inline constexpr int kGridColumns = 3;
inline constexpr Millimetres kGridGap = 6_mm;
/// Cuts the first `columns` of the grid's columns, and the gap behind them, off a piece as wide as the body.
[[nodiscard]] Rect take_columns(Ui& ui, Rect& area, int columns);

}  // namespace bangwu::widgets
