#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"

namespace bangwu::ratings {

/// When and where a rating was made: by the kiosk's clock, for what waits in a queue arrives together.
struct Made {
  std::string kiosk;
  base::SystemTime at;
};

/// A visitor needs some seconds to rate and the next to come up: four or more ratings of one machine within 16 seconds
/// are one person's, or a machine's. They are kept and counted; staff are told.
enum class Pace { plausible, burst };

/// For each rating, in its place.
[[nodiscard]] std::vector<Pace> paces(std::span<const Made> ratings);

}  // namespace bangwu::ratings
