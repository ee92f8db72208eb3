#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "domain/casework.h"

namespace bangwu::cases {

struct DatedEvent {
  domain::CaseEvent event;
  base::SystemTime at;
  bool operator==(const DatedEvent&) const = default;
};

/// Canonical JSON: keys sorted, no spaces; the same event has the same bytes for ever.
[[nodiscard]] std::string to_json(const DatedEvent& event);
/// `corrupt` for anything to_json() does not write.
[[nodiscard]] base::Result<DatedEvent> event_from_json(std::string_view text);

/// What a first event has before it: 64 zeros.
[[nodiscard]] std::string chain_start();
/// SHA-256, in hex, of the previous link's hash in hex followed by the event's canonical JSON.
[[nodiscard]] std::string chain_hash(std::string_view previous, std::string_view body);

}  // namespace bangwu::cases
