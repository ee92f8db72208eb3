#pragma once
// Private to the room: whether a bundle's items can be applied for as one.
#include <string>
#include <vector>

#include "domain/catalogue.h"

namespace bangwu::catalogue {

struct Conflict {
  std::string what, what_to_do;
};

/// Why these items cannot be merged without changing what one of them asks: an id that means two different things, or
/// no kind of applicant that all allow.
[[nodiscard]] std::vector<Conflict> conflicts_among(const std::vector<const domain::Item*>& items);

}  // namespace bangwu::catalogue
