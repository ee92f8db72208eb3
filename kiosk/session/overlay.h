#pragma once
#include <variant>

#include "base/clock.h"
#include "session/overlay_view.h"

namespace bangwu::session {

struct Countdown {
  base::SteadyTime since;
};
struct HomeQuestion {};
struct Help {};
struct Languages {};
/// What lies over the screen; the journey under it stands as it is.
using Overlay = std::variant<Countdown, HomeQuestion, Help, Languages>;

}  // namespace bangwu::session
