#pragma once
#include <SDL.h>

#include <optional>

#include "widgets/input.h"

namespace bangwu::widgets {

/// Turns SDL's events into inputs: one finger at a time, the mouse's left button as a finger, positions always from the
/// event itself. Touches that can no longer end (window lost, device gone, SDL forgot the finger) are lost, not stuck;
/// one that lies still (a resting palm, an end that never came) gives way to a new finger after kStillFor. Until then a
/// second finger presses nothing.
class EventReader {
 public:
  /// The inputs of one event; `width` and `height` of the window, for fingers, which come in 0..1.
  [[nodiscard]] std::vector<Input> read(const SDL_Event& event, int width, int height);

  /// After a pause: is the finger that is down still known to SDL? If not it is lost.
  [[nodiscard]] std::optional<Input> expire_stuck_touch();

 private:
  enum class Source { none, mouse, finger };
  [[nodiscard]] std::vector<Input> finger(const SDL_TouchFingerEvent& event, Point at);
  [[nodiscard]] std::vector<Input> mouse_button(const SDL_MouseButtonEvent& event);
  [[nodiscard]] std::vector<Input> lose();

  [[nodiscard]] bool lies_still(Uint32 at) const { return at - moved_at_ >= kStillFor; }
  void follow(Point at, Uint32 when);

  static constexpr Uint32 kStillFor = 2'000;  ///< milliseconds
  static constexpr float kTremor = 8;         ///< pixels that are no motion: a palm is never quite at rest

  Source source_ = Source::none;
  Point still_at_{};
  Uint32 moved_at_ = 0;  ///< SDL's milliseconds, which may wrap
  SDL_TouchID touch_ = 0;
  SDL_FingerID finger_ = 0;
};

}  // namespace bangwu::widgets
