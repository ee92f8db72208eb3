#pragma once
#include <optional>
#include <string>

#include "screens/scene.h"

/// Pages that are typed on: a box for the text and keys to type with. In portrait the keys are at the foot of the page,
/// in landscape beside it.
namespace bangwu::screens {

enum class Keys { number, text };
/// Draws the ground of the keys, takes it off the body and returns the place for them. Call it before anything else of
/// the page is drawn.
[[nodiscard]] Rect key_bed(Scene& scene, Keys keys);

enum class FirstLayout { chinese, letters, capitals };
struct TextEntry {
  std::string label{};  ///< what is asked for, for speech and tests
  std::string value{};
  std::string placeholder{};
  std::string hint{};
  std::string warning{};
  std::string error{};
  std::size_t most_characters = 60;
  int rows = 1;  ///< lines the box has at least; it grows with the text as far as there is room
  widgets::Grouping grouping = widgets::Grouping::none;
  FirstLayout first = FirstLayout::chinese;
  std::string done_label{};
};

struct Entered {
  std::optional<std::string> text{};  ///< the whole new text, when it changed
  bool done = false;                  ///< the keyboard's last key
};

/// Draws the keyboard into `keys` and the box at the top of the body, item id "input".
[[nodiscard]] Entered text_entry(Scene& scene, Rect keys, const TextEntry& entry);

/// Says TextChanged and WentOn, as most pages do.
void say_text(Scene& scene, const Entered& entered);

/// Below a box: the error, else the warning, else the hint.
void draw_remark(Scene& scene, std::string_view error, std::string_view warning, std::string_view hint);

}  // namespace bangwu::screens
