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
/// The number stands so on the document, though its check does not fit: a window compares.
struct PrintedSoConfirmed {
  bool operator==(const PrintedSoConfirmed&) const = default;
};

namespace identity {
using Message = std::variant<ApplicantKindChosen, IdKindChosen, PrintedSoConfirmed>;
}

}  // namespace bangwu::session
