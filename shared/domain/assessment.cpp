#include "domain/assessment.h"

#include <algorithm>

#include "domain/row_count.h"
#include "domain/signature.h"

namespace bangwu::domain {
namespace {

void assess_applicant(const Procedure& procedure, const Application& application, std::chrono::year_month_day today,
                      std::vector<Lack>& lacks) {
  const auto& applicant = application.applicant;
  const auto sound = [&](const Person& person) {
    return check_id(person.id_kind, person.id_number, today, application.printed_so) == NumberProblem::none &&
           check_name(person.name).problem == AnswerProblem::none;
  };
  const bool kind_allowed =
      procedure.applicants.empty() ||
      std::find(procedure.applicants.begin(), procedure.applicants.end(), applicant.kind) != procedure.applicants.end();
  if (!kind_allowed || !sound(applicant.identity))
    lacks.push_back({Lack::What::part, "applicant", AnswerProblem::bad_id});
  const bool is_organisation = applicant.kind != ApplicantKind::natural_person;
  if (is_organisation && (!applicant.agent || !sound(*applicant.agent))) {
    lacks.push_back({Lack::What::part, "agent", AnswerProblem::bad_id});
  }
}

void assess_rows(const Field& field, const Application& application, std::chrono::year_month_day today,
                 std::vector<Lack>& lacks) {
  const auto& answers = application.answers;
  const auto found = answers.rows.find(field.id);
  const std::size_t count = found == answers.rows.end() ? 0 : found->second.size();
  if (const auto problem = check_row_count(field, count); problem != AnswerProblem::none) {
    lacks.push_back({Lack::What::field, field.id, problem});
    return;
  }
  if (count == 0) return;
  for (const auto& row : found->second) {
    for (const auto& column : field.columns) {
      const auto cell = row.find(column.id);
      const auto checked =
          check_answer(column, cell == row.end() ? std::string{} : cell->second, today, application.printed_so);
      if (checked.problem != AnswerProblem::none) {
        lacks.push_back({Lack::What::field, field.id, checked.problem});
        return;
      }
    }
  }
}

void assess_field(const Field& field, const Application& application, std::chrono::year_month_day today,
                  std::vector<Lack>& lacks) {
  const auto& answers = application.answers;
  if (!is_shown(field, answers)) return;
  if (field.kind == FieldKind::rows) return assess_rows(field, application, today, lacks);
  const auto found = answers.values.find(field.id);
  const auto checked =
      check_answer(field, found == answers.values.end() ? std::string{} : found->second, today, application.printed_so);
  if (checked.problem != AnswerProblem::none) lacks.push_back({Lack::What::field, field.id, checked.problem});
}

void assess_material(const Material& material, const Application& application, std::vector<Lack>& lacks) {
  if (!is_needed(material, application.answers)) return;
  std::size_t pages = 0;
  for (const auto& handed_in : application.materials) {
    if (handed_in.material == material.id) pages += handed_in.pages.size();
  }
  if (pages == 0) lacks.push_back({Lack::What::material, material.id, AnswerProblem::missing});
  else if (pages < static_cast<std::size_t>(material.sides))
    lacks.push_back({Lack::What::material, material.id, AnswerProblem::too_short});
}

}  // namespace

Assessment assess(const Procedure& procedure, const Application& application, std::chrono::year_month_day today,
                  Judged judged) {
  Assessment result;
  assess_applicant(procedure, application, today, result.lacks);
  if (judged == Judged::all) {
    for (const auto& field : procedure.form) assess_field(field, application, today, result.lacks);
    for (const auto& material : procedure.materials) assess_material(material, application, result.lacks);
  }
  if (application.declaration.empty())
    result.lacks.push_back({Lack::What::part, "declaration", AnswerProblem::missing});
  if (!is_signed(application.signature))
    result.lacks.push_back({Lack::What::part, "signature", AnswerProblem::missing});
  if (!result.lacks.empty()) result.outcome = Outcome::correction_needed;
  else if (judged == Judged::parts_only) result.outcome = Outcome::in_review;
  else result.outcome = procedure.handling == Handling::instant ? Outcome::accepted : Outcome::in_review;
  return result;
}

const char* name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::accepted: return "accepted";
    case Outcome::in_review: return "in_review";
    case Outcome::correction_needed: return "correction_needed";
    case Outcome::not_accepted: return "not_accepted";
  }
  return "in_review";
}

}  // namespace bangwu::domain
