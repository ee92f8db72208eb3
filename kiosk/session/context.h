#pragma once
#include <cstddef>

#include "session/effects.h"
#include "session/hall.h"
#include "session/messages.h"
#include "session/outcome.h"
#include "session/view.h"

/// Inside of the room: what a part may know and do while a message is applied.
namespace bangwu::session {

struct Context {
  const Hall& hall;
  Now now;
  Language language;
  Ticket& last_ticket;
  Effects& effects;

  [[nodiscard]] std::chrono::year_month_day today() const { return today_in(hall, now); }
  [[nodiscard]] Ticket next_ticket() { return ++last_ticket; }
  void order(Effect effect);
};

/// What a part shows; the journey adds which stage of how many it is.
struct Seen {
  FrameView frame;
  ScreenView screen;
};
struct Looking {
  const Hall& hall;
  Now now;
};

inline constexpr std::size_t kMostTyped = 1000;  ///< far above any field's maximum; a stuck key must not fill memory
inline constexpr std::size_t kMostChoices = 6;   ///< in one screenful

/// What is seen at once of a long list (a page is paper).
struct Screenful {
  std::size_t first = 0, count = 0;
  int number = 0, of = 1;  ///< the number counts from 0
};
/// One beyond the last is the last.
[[nodiscard]] Screenful screenful_of(std::size_t total, int number);

}  // namespace bangwu::session
