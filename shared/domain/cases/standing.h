#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/cases/application.h"
#include "domain/working_days.h"

namespace bangwu::domain::cases {

/// Where a case stands, as its applicant is told: the central service's answer to an enquiry, shown by a kiosk. It
/// carries nothing of the applicant.
struct Standing {
  std::string number;
  std::string procedure, procedure_name;  ///< code, and what the catalogue called it on the day of receipt
  State state = State::in_review;
  std::vector<DatedStep> steps;
  std::vector<Lack> lacks;
  std::chrono::year_month_day received_on;         ///< limits run from the day after
  std::optional<std::chrono::year_month_day> due;  ///< only while the limit runs
  bool due_is_provisional = false;
  std::vector<LimitDay> limit_days;  ///< of the limit up to `due`, each with what it is
  Progress progress;                 ///< against `due`, on the day of `as_of`
  base::SystemTime as_of;            ///< nothing here is newer
  bool operator==(const Standing&) const = default;
};

[[nodiscard]] Standing standing_of(const Case& current, std::string number, const Calendar& calendar,
                                   base::SystemTime as_of);

}  // namespace bangwu::domain::cases
