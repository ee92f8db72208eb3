#pragma once
#include <chrono>

#include "base/clock.h"
#include "domain/catalogue.h"
#include "session/effects.h"
#include "session/messages.h"
#include "session/state.h"
#include "session/view.h"

namespace bangwu::session {

/// What the hall configures; fixed while the kiosk runs. The catalogue is borrowed and outlives every session.
struct Hall {
  const domain::Catalogue* catalogue = nullptr;
  std::chrono::seconds idle_limit{120};  ///< without a touch, before the countdown (60–600)
  std::chrono::seconds countdown{45};
  std::chrono::seconds answer_wait{4};  ///< how long a visitor waits for the central service's answer
  std::chrono::seconds thanks_time{8};  ///< an untouched thank-you page leaves after it
  domain::Instrument instrument = domain::Instrument::national;
  int pages_per_material = 50;
};

struct Now {
  base::SystemTime wall;
  base::SteadyTime steady;
};

struct Update {
  Session session;
  Effects effects;
};

/// The whole behaviour of a visit: no I/O, no clock, no random. A message that does not fit the screen it meets changes
/// nothing (a second touch, a late worker).
[[nodiscard]] Update update(const Hall& hall, Session session, const Message& message, Now now);

[[nodiscard]] View view_of(const Hall& hall, const Session& session, Now now);

/// When the session next wants a Ticked, or nothing while it waits on a person or a worker only.
[[nodiscard]] std::optional<base::SteadyTime> next_tick(const Hall& hall, const Session& session, Now now);

/// Scanning, reading, storing and sending hold the idle clock: the machine works, the visitor waits.
[[nodiscard]] bool clock_is_held(const Session& session);

/// The screen's stable name for inspection and goldens, e.g. "start", "id_number".
[[nodiscard]] const char* name_of(const ScreenView& screen);

}  // namespace bangwu::session
