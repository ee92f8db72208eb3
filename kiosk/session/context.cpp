#include "session/context.h"

#include <algorithm>
#include <utility>

namespace bangwu::session {

void Context::order(Effect effect) { effects.push_back(std::move(effect)); }

Screenful screenful_of(std::size_t total, int number) {
  Screenful seen;
  seen.of = static_cast<int>(std::max<std::size_t>(1, (total + kMostChoices - 1) / kMostChoices));
  seen.number = std::clamp(number, 0, seen.of - 1);
  seen.first = static_cast<std::size_t>(seen.number) * kMostChoices;
  seen.count = std::min(kMostChoices, total - std::min(total, seen.first));
  return seen;
}

}  // namespace bangwu::session
