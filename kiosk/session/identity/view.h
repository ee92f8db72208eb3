#pragma once
#include <optional>
#include <string>
#include <vector>

#include "session/frame.h"
#include "session/identity/messages.h"

namespace bangwu::session {

struct ApplicantKindView {
  std::vector<domain::ApplicantKind> offered;
  std::optional<domain::ApplicantKind> chosen;
};
struct IdNumberView {
  Who who = Who::applicant;
  domain::IdKind kind = domain::IdKind::resident_id;
  std::vector<domain::IdKind> offered;  ///< more than one: shown as a row of choices
  std::string typed;
  InputProblem problem;
  bool doubtful = false;  ///< valid, but the organisation code inside does not fit: a warning
};
struct NameView {
  Who who = Who::applicant;
  bool of_organisation = false;
  std::string typed;
  InputProblem problem;
};

}  // namespace bangwu::session
