#pragma once
#include <string>
#include <variant>

#include "domain/rating.h"

namespace bangwu::session {

/// The optional parts of a rating that are typed.
enum class RatingText { words, name, telephone };

struct LevelChosen {
  domain::RatingLevel level;
  bool operator==(const LevelChosen&) const = default;
};
struct ReasonToggled {
  std::string code;
  bool operator==(const ReasonToggled&) const = default;
};
struct RatingTextOpened {
  RatingText text;
  bool operator==(const RatingTextOpened&) const = default;
};

namespace rate {
using Message = std::variant<LevelChosen, ReasonToggled, RatingTextOpened>;
}

}  // namespace bangwu::session
