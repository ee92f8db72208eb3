#pragma once
#include <variant>

#include "domain/catalogue.h"
#include "domain/numbers.h"

namespace bangwu::session {

/// Which person a question is about.
enum class Who { applicant, agent };

struct ApplicantKindChosen {
  domain::ApplicantKind kind;
  bool operator==(const ApplicantKindChosen&) const = default;
};
struct IdKindChosen {
  domain::IdKind kind;
  bool operator==(const IdKindChosen&) const = default;
};

namespace identity {
using Message = std::variant<ApplicantKindChosen, IdKindChosen>;
}

}  // namespace bangwu::session
