#pragma once
#include <string>

#include "session/view.h"

namespace bangwu::screens {

/// The part of the journey a screen belongs to, shown beside the step's number, in the current language.
[[nodiscard]] std::string stage_of(const session::ScreenView& screen);

}  // namespace bangwu::screens
