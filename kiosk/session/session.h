#pragma once
#include <optional>

#include "session/effects.h"
#include "session/hall.h"
#include "session/messages.h"
#include "session/state.h"
#include "session/view.h"

namespace bangwu::session {

struct Update {
  Session session;
  Effects effects;
};

/// The whole behaviour of a visit: no I/O, no clock, no random. A message that does not fit the screen it meets changes
/// nothing (a second touch, a late worker).
[[nodiscard]] Update update(const Hall& hall, Session session, const Message& message, Now now);

/// Made once a change, not once a frame: what it shows of time changes at next_tick() only.
[[nodiscard]] View view_of(const Hall& hall, const Session& session, Now now);

/// When the session next wants a Ticked, or nothing while it waits on a person or a worker only.
[[nodiscard]] std::optional<base::SteadyTime> next_tick(const Hall& hall, const Session& session, Now now);

/// Scanning, reading, storing and sending hold the idle clock: the machine works, the visitor waits.
[[nodiscard]] bool clock_is_held(const Session& session);

}  // namespace bangwu::session
