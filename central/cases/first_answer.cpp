#include "cases/first_answer.h"

#include <utility>

namespace bangwu::cases {
namespace {

using domain::cases::NoteTopic;

/// Machines that do not say which form asked are judged by the present one, as they always were.
domain::Judged judged_by(const domain::Procedure& procedure, const domain::Application& application) {
  const bool is_same = application.definition.empty() || application.definition == procedure.definition;
  return is_same ? domain::Judged::all : domain::Judged::parts_only;
}

}  // namespace

FirstAnswer first_answer(const domain::Catalogue& catalogue, const domain::Calendar& calendar,
                         const domain::Application& application, std::chrono::year_month_day handed_in_on) {
  FirstAnswer answer;
  answer.received.procedure = application.procedure;
  answer.received.received_on = handed_in_on;
  const auto procedure = domain::procedure_for(catalogue, application.procedure);
  if (!procedure) {
    answer.received.outcome = domain::Outcome::in_review;
    answer.notes.push_back({NoteTopic::unknown_procedure, application.procedure});
    return answer;
  }
  const domain::Judged judged = judged_by(*procedure, application);
  if (judged == domain::Judged::parts_only) answer.notes.push_back({NoteTopic::changed_form, application.procedure});
  domain::Assessment assessment = domain::assess(*procedure, application, handed_in_on, judged);
  answer.received.procedure_name = procedure->name;
  answer.received.outcome = assessment.outcome;
  answer.received.lacks = std::move(assessment.lacks);
  const bool limit_runs =
      assessment.outcome == domain::Outcome::accepted || assessment.outcome == domain::Outcome::in_review;
  if (limit_runs) {
    const auto due = domain::due_date(calendar, handed_in_on, procedure->promised_limit.working_days);
    answer.received.due = due.date;
    answer.received.due_is_provisional = !due.guessed_years.empty();
  }
  return answer;
}

}  // namespace bangwu::cases
