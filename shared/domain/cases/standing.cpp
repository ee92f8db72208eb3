#include "domain/cases/standing.h"

#include <algorithm>
#include <utility>

namespace bangwu::domain::cases {

Standing standing_of(const Case& current, std::string number, const Calendar& calendar, base::SystemTime as_of) {
  Standing standing{.number = std::move(number),
                    .procedure = current.procedure,
                    .procedure_name = current.procedure_name,
                    .state = current.state,
                    .steps = current.steps,
                    .lacks = current.lacks,
                    .received_on = current.received_on,
                    .due = current.due,
                    .due_is_provisional = current.due_is_provisional,
                    .limit_days = {},
                    .progress = {},
                    .as_of = as_of};
  if (!current.due) return standing;
  standing.limit_days = days_of_limit(calendar, current.received_on, *current.due);
  const auto counted = std::count_if(standing.limit_days.begin(), standing.limit_days.end(),
                                     [](const LimitDay& day) { return is_counted(day.kind); });
  standing.progress = progress_of(calendar, current.received_on, static_cast<int>(counted), base::china_date(as_of));
  return standing;
}

}  // namespace bangwu::domain::cases
