#pragma once
#include <variant>

#include "domain/cases/standing.h"
#include "session/ticket.h"

namespace bangwu::session {

/// Why an enquiry brought no answer. not_theirs: no case has this number with this proof, and nobody says which of the
/// two is wrong. recovering: the service is being restored and may not know every case yet. slow: no answer in time.
enum class ProgressProblem { not_theirs, too_many, recovering, unreachable, slow };

struct ProgressFound {
  Ticket ticket = 0;
  domain::cases::Standing standing;
  bool operator==(const ProgressFound&) const = default;
};
struct ProgressNotFound {
  Ticket ticket = 0;
  ProgressProblem problem = ProgressProblem::unreachable;
  bool operator==(const ProgressNotFound&) const = default;
};

namespace progress {
using Answer = std::variant<ProgressFound, ProgressNotFound>;
}

}  // namespace bangwu::session
