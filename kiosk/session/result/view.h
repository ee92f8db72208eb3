#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalogue.h"

namespace bangwu::session {

struct SendingView {
  std::string provisional_number;
};
/// Honest states (domain.md rule 4): stored_here until the central service has answered; stuck when the queue will not
/// send it by itself.
struct ResultView {
  enum class State {
    stored_here,
    stuck,
    accepted,
    in_review,
    correction_needed,
    not_accepted
  } state = State::stored_here;
  std::string procedure;
  std::string number;  ///< case number, or the provisional one
  std::optional<std::chrono::year_month_day> due;
  bool due_is_provisional = false;
  int promised_working_days = 0;
  std::string pickup;
  domain::Contact window, consult;
  std::vector<std::string> lacks;  ///< labels, catalogue keys
  enum class Part { applicant, agent, declaration, signature };
  std::vector<Part> lacking_parts;
  std::optional<std::string> telephone;               ///< masked; how the visitor will hear
  std::optional<std::chrono::sys_seconds> stored_at;  ///< absent: the machine's clock is wrong
  enum class Slip { not_saved, saving, saved, no_medium, not_written, not_made } slip = Slip::not_saved;
  bool rated = false;
};

}  // namespace bangwu::session
