#pragma once
#include <optional>
#include <string>
#include <vector>

#include "widgets/keyboard.h"
#include "widgets/pictures.h"
#include "widgets/scroll.h"

namespace bangwu::screens {

/// What only drawing needs to remember between frames. draw() makes a new one whenever another screen is shown; the
/// runtime may drop it at any time (the end of a visit).
struct ScreenState {
  std::string shown{};  ///< the screen and what tells it from another of its kind (field, page); no visitor's data
  widgets::ScrollState scroll{};
  widgets::ScrollState overlay_scroll{};
  widgets::KeyboardState keyboard{};
  std::optional<bool> keyboard_chosen_with_chinese{};  ///< set with the first layout of this screen's field
  float zoom = 1;                                      ///< of the page viewer: 1 shows the whole page
  widgets::Point centre{0.5F, 0.5F};
  std::vector<widgets::Stroke> strokes{};
  bool strokes_taken = false;  ///< the view's signature has been taken over into `strokes`
};

}  // namespace bangwu::screens
