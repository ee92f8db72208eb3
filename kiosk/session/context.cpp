#include "session/context.h"

#include <algorithm>
#include <utility>

namespace bangwu::session {

void Context::order(Effect effect) { effects.push_back(std::move(effect)); }

Paged page_of(std::size_t total, int page) {
  Paged paged;
  paged.pages = static_cast<int>(std::max<std::size_t>(1, (total + kMostChoices - 1) / kMostChoices));
  paged.page = std::clamp(page, 0, paged.pages - 1);
  paged.first = static_cast<std::size_t>(paged.page) * kMostChoices;
  paged.count = std::min(kMostChoices, total - std::min(total, paged.first));
  return paged;
}

}  // namespace bangwu::session
