#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "screens/page_pictures.h"
#include "screens/screen_state.h"
#include "session/messages.h"
#include "session/view.h"
#include "widgets/text_engine.h"
#include "widgets/ui.h"

/// What a visitor sees. A screen draws its view with the touch kit and says what was done as messages; it knows no
/// session, no other screen, no disk and no thread. The ids of everything that can be touched are listed in README.md
/// of this room: tests, the inspection socket and speech rely on them.
namespace bangwu::screens {

/// Where the machine stands, as configured. Chinese keys of the translation catalogue "catalogue"; empty ones are not
/// shown.
struct Place {
  std::string hall;       ///< e.g. 武进区政务服务中心
  std::string zone;       ///< e.g. 一楼帮办代办专区
  std::string telephone;  ///< of the zone
};

/// A QR code's modules row by row, size × size, true is dark; empty when the text cannot be encoded.
struct QrModules {
  int size = 0;
  std::vector<bool> dark;
};

/// What drawing leans on besides the view. All borrowed; they outlive the calls. UI thread only.
struct Tools {
  widgets::TextEngine* pinyin = nullptr;            ///< null: the keyboard has letters only
  PagePictures* pages = nullptr;                    ///< null: pages are shown as plain sheets
  std::function<QrModules(std::string_view)> qr{};  ///< absent: no QR code is shown
  Place place{};
};

/// Draws the view as one frame: the fixed frame, its screen, the overlay over it. What was touched is appended to
/// `emit` in the order it happened. Sets the language of widgets::tr() to the view's; resets `state` and the pinyin
/// engine when another screen is shown, so nothing of a visit outlives its screen. UI thread only; does no I/O.
void draw(widgets::Ui& ui, const session::View& view, const Tools& tools, ScreenState& state,
          std::vector<session::Message>& emit);

}  // namespace bangwu::screens
