#pragma once
#include <vector>

#include "screens/screen_state.h"
#include "screens/tools.h"
#include "session/messages.h"
#include "session/view.h"
#include "widgets/ui.h"

/// What a visitor sees. A screen draws its view with the touch kit and says what was done as messages; it knows no
/// session, no other screen, no disk and no thread. The ids of everything that can be touched are listed in README.md
/// of this room: tests, the inspection socket and speech rely on them.
namespace bangwu::screens {

/// Draws the view as one frame: the fixed frame, its screen, the overlay over it. What was touched is appended to
/// `emit` in the order it happened. Sets the language of widgets::tr() to the view's; resets `state` and the pinyin
/// engine when another screen is shown, so nothing of a visit outlives its screen. UI thread only; does no I/O.
void draw(widgets::Ui& ui, const session::View& view, const Tools& tools, ScreenState& state,
          std::vector<session::Message>& emit);

}  // namespace bangwu::screens
