#include "widgets/window_events.h"

#include <cmath>

namespace bangwu::widgets {
namespace {

std::optional<Key> key_of(SDL_Keycode code) {
  switch (code) {
    case SDLK_BACKSPACE: return Key::backspace;
    case SDLK_RETURN:
    case SDLK_KP_ENTER: return Key::enter;
    case SDLK_ESCAPE: return Key::escape;
    case SDLK_TAB: return Key::tab;
    case SDLK_LEFT: return Key::left;
    case SDLK_RIGHT: return Key::right;
    case SDLK_UP: return Key::up;
    case SDLK_DOWN: return Key::down;
    case SDLK_PAGEUP: return Key::page_up;
    case SDLK_PAGEDOWN: return Key::page_down;
    default: return std::nullopt;
  }
}

bool loses_touch(Uint8 window_event) {
  return window_event == SDL_WINDOWEVENT_FOCUS_LOST || window_event == SDL_WINDOWEVENT_HIDDEN ||
         window_event == SDL_WINDOWEVENT_MINIMIZED;
}

}  // namespace

std::vector<Input> EventReader::lose() {
  if (source_ == Source::none) {
    return {};
  }
  source_ = Source::none;
  return {PointerLost{}};
}

void EventReader::follow(Point at, Uint32 when) {
  if (std::hypot(at.x - still_at_.x, at.y - still_at_.y) <= kTremor) return;
  still_at_ = at;
  moved_at_ = when;
}

std::vector<Input> EventReader::finger(const SDL_TouchFingerEvent& event, Point at) {
  const bool known = source_ == Source::finger && touch_ == event.touchId && finger_ == event.fingerId;
  const bool is_free = source_ == Source::none || (source_ == Source::finger && lies_still(event.timestamp));
  if (event.type == SDL_FINGERDOWN && (is_free || known)) {
    std::vector<Input> inputs = lose();  // the same finger again without having gone up: its end was lost
    source_ = Source::finger;
    still_at_ = at;
    moved_at_ = event.timestamp;
    touch_ = event.touchId;
    finger_ = event.fingerId;
    inputs.emplace_back(PointerDown{at});
    return inputs;
  }
  if (!known) {
    return {};
  }
  if (event.type == SDL_FINGERMOTION) {
    follow(at, event.timestamp);
    return {PointerMoved{at}};
  }
  if (event.type == SDL_FINGERUP) {
    source_ = Source::none;
    return {PointerUp{at}};
  }
  return {};
}

std::vector<Input> EventReader::mouse_button(const SDL_MouseButtonEvent& event) {
  if (event.button != SDL_BUTTON_LEFT || event.which == SDL_TOUCH_MOUSEID) {
    return {};
  }
  const Point at{static_cast<float>(event.x), static_cast<float>(event.y)};
  if (event.type == SDL_MOUSEBUTTONDOWN && source_ != Source::finger) {
    std::vector<Input> inputs = lose();
    source_ = Source::mouse;
    inputs.emplace_back(PointerDown{at});
    return inputs;
  }
  if (event.type == SDL_MOUSEBUTTONUP && source_ == Source::mouse) {
    source_ = Source::none;
    return {PointerUp{at}};
  }
  return {};
}

std::vector<Input> EventReader::read(const SDL_Event& event, int width, int height) {
  switch (event.type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
      return finger(event.tfinger,
                    {event.tfinger.x * static_cast<float>(width), event.tfinger.y * static_cast<float>(height)});
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return mouse_button(event.button);
    case SDL_MOUSEMOTION:
      if (source_ == Source::mouse && event.motion.which != SDL_TOUCH_MOUSEID) {
        return {PointerMoved{{static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)}}};
      }
      return {};
    case SDL_TEXTINPUT: return {TextTyped{event.text.text}};
    case SDL_KEYDOWN:
      if (const auto key = key_of(event.key.keysym.sym)) {
        return {KeyPressed{*key}};
      }
      return {};
    case SDL_WINDOWEVENT: return loses_touch(event.window.event) ? lose() : std::vector<Input>{};
    default: return {};
  }
}

std::optional<Input> EventReader::expire_stuck_touch() {
  if (source_ != Source::finger) {
    return std::nullopt;
  }
  const int count = SDL_GetNumTouchFingers(touch_);
  for (int i = 0; i < count; ++i) {
    const SDL_Finger* finger = SDL_GetTouchFinger(touch_, i);
    if (finger != nullptr && finger->id == finger_) {
      return std::nullopt;
    }
  }
  source_ = Source::none;
  return PointerLost{};
}

}  // namespace bangwu::widgets
