#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "widgets/icons.h"
#include "widgets/ui.h"

/// What is touched. Each function draws in exactly the given rectangle (at least theme().target high and wide), lists
/// itself under `id`, shows a press at once and returns what was chosen in this frame.
namespace bangwu::widgets {

enum class Enabled { yes, no };
enum class Selected { no, yes };

/// primary: the one filled button of a page; secondary: outlined; quiet: words only; danger: red words, for what
/// destroys. One page has one primary at most.
enum class ButtonKind { primary, secondary, quiet, danger, danger_filled };

struct ButtonSpec {
  std::string label{};
  ButtonKind kind = ButtonKind::secondary;
  Icon icon = Icon::none;
  Icon trailing_icon = Icon::none;
  Enabled enabled = Enabled::yes;
};
[[nodiscard]] bool button(Ui& ui, std::string_view id, Rect area, const ButtonSpec& spec);
/// The size at which the label fits on one line; the height is theme().button_height.
[[nodiscard]] Size size_of(Ui& ui, const ButtonSpec& spec);

/// Icon alone, with words for speech and tests; square.
[[nodiscard]] bool icon_button(Ui& ui, std::string_view id, Rect area, Icon icon, std::string_view label,
                               Enabled enabled = Enabled::yes);

/// A large card that leads somewhere: icon in a soft square, title, one or two lines below, a badge in the corner.
/// `tone` colours the icon's ground only; accent unless a page needs to tell tiles apart.
struct TileSpec {
  Icon icon = Icon::none;
  std::string title{};
  std::string subtitle{};
  std::string badge{};
  Tone tone = Tone::accent;
  Enabled enabled = Enabled::yes;
};
[[nodiscard]] bool tile(Ui& ui, std::string_view id, Rect area, const TileSpec& spec);
[[nodiscard]] float height_of(Ui& ui, const TileSpec& spec, float width);

/// One of several answers (radio): a card with a ring at the left that fills when chosen.
struct ChoiceSpec {
  std::string title{};
  std::string subtitle{};
  Icon icon = Icon::none;
  Selected selected = Selected::no;
  Enabled enabled = Enabled::yes;
};
[[nodiscard]] bool choice(Ui& ui, std::string_view id, Rect area, const ChoiceSpec& spec);
[[nodiscard]] float height_of(Ui& ui, const ChoiceSpec& spec, float width);

/// A tick box with its sentence; the whole row is the target. Returns true when touched: the caller toggles.
struct CheckSpec {
  std::string label{};
  std::string subtitle{};
  Selected checked = Selected::no;
  Enabled enabled = Enabled::yes;
};
[[nodiscard]] bool check_row(Ui& ui, std::string_view id, Rect area, const CheckSpec& spec);
[[nodiscard]] float height_of(Ui& ui, const CheckSpec& spec, float width);

/// A line of a list: icon, title over subtitle, a value in the middle or at the right, a state mark, and an action.
/// With `action` the row carries a button "<id>:action"; with `opens` the whole row is touched and shows a chevron.
enum class Opens { no, yes };
struct RowSpec {
  Icon icon = Icon::none;
  Tone icon_tone = Tone::accent;
  std::string title{};
  TextStyle title_style = TextStyle::body_strong;
  std::string subtitle{};
  int subtitle_lines = 0;  ///< 0: as many as it takes; beyond it ends in …
  std::string value{};
  std::string state{};  ///< a chip, e.g. 已扫描
  Tone state_tone = Tone::neutral;
  std::string action{};  ///< e.g. 更改
  Opens opens = Opens::no;
  Enabled enabled = Enabled::yes;
};
enum class RowTouch { none, row, action };
[[nodiscard]] RowTouch list_row(Ui& ui, std::string_view id, Rect area, const RowSpec& spec);
[[nodiscard]] float height_of(Ui& ui, const RowSpec& spec, float width);

/// Switches between views of one page. Ids are "<id>:0", "<id>:1" …; returns the one touched.
[[nodiscard]] std::optional<std::size_t> tabs(Ui& ui, std::string_view id, Rect area,
                                              const std::vector<std::string>& labels, std::size_t selected);

/// A face with its words below, for ratings: `face` is face_1 (best) … face_5. All faces of a row are drawn alike until
/// one is chosen.
[[nodiscard]] bool face_choice(Ui& ui, std::string_view id, Rect area, Icon face, std::string_view label,
                               Selected selected);

}  // namespace bangwu::widgets
