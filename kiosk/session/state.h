#pragma once
#include <optional>
#include <variant>

#include "session/apply/apply.h"
#include "session/overlay.h"
#include "session/rate/rate.h"

namespace bangwu::session {

/// Nobody is served.
struct Idle {};
/// One person's time at the machine, from the first choice to the wipe; a kind of visit is a folder of its own.
using Journey = std::variant<Idle, apply::Visit, rate::Visit>;

struct Session {
  Language language = Language::zh_CN;
  std::optional<Overlay> overlay;
  MachineFaults machine;
  Journey journey;
  base::SteadyTime last_touch;
  Ticket last_ticket = 0;  ///< counts over all visits
};

[[nodiscard]] inline bool has_visit(const Session& session) { return !std::holds_alternative<Idle>(session.journey); }

}  // namespace bangwu::session
