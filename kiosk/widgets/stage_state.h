#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "widgets/fonts.h"
#include "widgets/masks.h"
#include "widgets/stage.h"

struct ImGuiContext;

namespace bangwu::widgets {

class InkRaster;

/// The finger that counts. Its target is the item it came down on, in the picture that was seen then.
struct Finger {
  bool down = false;
  Point at;
  Point start;
  Point before;  // where it was in the frame before
  base::SteadyTime since{};
  std::string target;  // empty: it chooses nothing
};

/// What Stage and Ui share. Everything in the second part is of one frame.
class StageState {
 public:
  explicit StageState(const StageOptions& options);
  ~StageState();
  StageState(const StageState&) = delete;
  StageState& operator=(const StageState&) = delete;

  [[nodiscard]] base::Result<void> start();
  void begin_frame(base::SteadyTime time, std::vector<TimedInput> step);
  Drawn draw_once(const DrawFunction& draw, bool shown);
  void end_frame();
  void lose_finger() { finger.target.clear(); }

  StageOptions options;
  Theme theme;
  Rect screen;
  Fonts fonts;
  Masks masks;
  ImGuiContext* context = nullptr;
  Renderer renderer;
  InputQueue queue;
  Finger finger;
  std::string screen_name;
  base::SteadyTime aims_from{};  // a finger that comes down earlier was meant for the screen before
  std::vector<Item> seen;        // the items of the last picture
  std::map<std::string, std::unique_ptr<InkRaster>, std::less<>> ink;
  base::SteadyTime pad_first_touch{};

  base::SteadyTime now{};
  base::SteadyTime frame_before{};  // of the frame before; this one's own in a second pass
  base::SteadyTime next_frame = base::SteadyTime::max();
  std::vector<TimedInput> step;
  bool came_down = false;
  bool came_up = false;
  std::string clicked;
  std::vector<TimedInput> path;
  std::vector<Input> typed;
  std::vector<Item> items;
  std::vector<Rect> clips;
  std::vector<std::string> ink_drawn;

 private:
  void apply(const TimedInput& input);
  void finger_down(Point at, base::SteadyTime when);
  void finger_up(Point at);
  [[nodiscard]] bool still_on_target(Point at) const;
};

}  // namespace bangwu::widgets
