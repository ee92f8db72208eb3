#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/catalogue.h"
#include "session/lacks.h"
#include "session/progress/messages.h"

namespace bangwu::session {

/// Why a question was not asked yet.
enum class ProgressInputProblem { none, missing, incomplete, not_theirs };

struct ProgressNumberView {
  std::string typed;
  ProgressInputProblem problem = ProgressInputProblem::none;
};
struct ProgressProofView {
  std::string number;  ///< as it will be asked for
  std::string typed;
  ProgressInputProblem problem = ProgressInputProblem::none;
};
struct ProgressAskingView {};
/// Nothing can be shown; not for a wrong proof, which is said where it was typed.
struct ProgressFailedView {
  ProgressProblem problem = ProgressProblem::unreachable;
};
/// Where the case stood at `standing.as_of`. Texts of the catalogue are keys; empty where this machine's catalogue does
/// not know the item.
struct ProgressView {
  domain::cases::Standing standing;
  std::string procedure;
  Lacks lacks;
  domain::Contact window, consult;
};

}  // namespace bangwu::session
