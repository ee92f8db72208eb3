#pragma once
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "widgets/geometry.h"

namespace bangwu::widgets {

/// One finger (or the mouse's left button); further fingers are ignored while one is down.
struct PointerDown {
  Point at;
};
struct PointerMoved {
  Point at;
};  ///< only while down
struct PointerUp {
  Point at;
};
struct PointerLost {};  ///< the touch was taken away (window lost, device unplugged): nothing is chosen

/// Physical keyboards, of technicians and tests. Text is UTF-8.
struct TextTyped {
  std::string text;
};
enum class Key { backspace, enter, escape, tab, left, right, up, down, page_up, page_down };
struct KeyPressed {
  Key key = Key::enter;
};

using Input = std::variant<PointerDown, PointerMoved, PointerUp, PointerLost, TextTyped, KeyPressed>;

struct TimedInput {
  Input input;
  base::SteadyTime at;
};

/// Cuts a queue of inputs into frames: each press and each release gets a frame of its own, runs of moves and runs of
/// typing share one. Nothing is lost and nothing is reordered.
class InputQueue {
 public:
  void push(TimedInput input);
  [[nodiscard]] bool empty() const { return queue_.empty(); }
  [[nodiscard]] std::vector<TimedInput> take_step();

 private:
  std::vector<TimedInput> queue_;
};

}  // namespace bangwu::widgets
