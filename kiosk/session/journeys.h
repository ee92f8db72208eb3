#pragma once
#include "session/session.h"

/// Inside of the room: what the session asks of whichever journey there is.
namespace bangwu::session {

using apply::Home;
using apply::Next;

[[nodiscard]] Next update(Context& context, Journey& journey, const Message& message);
void call_off(Context& context, const Journey& journey);
[[nodiscard]] bool send_untouched(Context& context, Journey& journey);
[[nodiscard]] Home home_of(const Journey& journey);
[[nodiscard]] bool holds_clock(const Journey& journey);
[[nodiscard]] std::optional<base::SteadyTime> due(const Hall& hall, const Journey& journey, Now now);
[[nodiscard]] Seen see(const Looking& look, const Journey& journey, const MachineFaults& machine);

}  // namespace bangwu::session
