#pragma once
#include <variant>

namespace bangwu::session {

struct CountdownOverlay {
  int seconds_left = 0;
};
struct HomeQuestionOverlay {};
struct HelpOverlay {};
struct LanguagesOverlay {};
using OverlayView = std::variant<CountdownOverlay, HomeQuestionOverlay, HelpOverlay, LanguagesOverlay>;

}  // namespace bangwu::session
