#include <algorithm>

#include "session/flow.h"

namespace bangwu::session {
namespace {

bool is_organisation(const Draft& draft) { return draft.kind && *draft.kind != domain::ApplicantKind::natural_person; }

bool is_known(const domain::Person& person) { return !person.id_number.empty() && !person.name.empty(); }

domain::Person& person_of(Draft& draft, Who who) { return who == Who::applicant ? draft.identity : draft.agent; }

bool start_application(Change& change, const AtGuide& guide) {
  auto procedure = domain::procedure_for(*change.hall.catalogue, guide.code);
  if (!procedure) return true;
  auto& draft = change.session.visit->draft;
  // Coming back from the next page to read the guide again loses nothing; another item begins anew.
  if (!draft || draft->procedure.code != procedure->code) draft.emplace().procedure = std::move(*procedure);
  change.go(AtPrivacy{});
  return true;
}

bool agree_to_privacy(Change& change) {
  auto& draft = *change.draft();
  const auto& offered = draft.procedure.applicants;
  if (offered.size() == 1) {
    draft.kind = offered.front();
    change.go(at_id_number(draft, Who::applicant));
  } else {
    change.go(AtApplicantKind{});
  }
  return true;
}

bool confirm_id_number(Change& change, AtIdNumber& at) {
  const std::string number = domain::tidy_number(at.typed);
  const auto problem = domain::check_id(at.kind, number, change.today());
  if (problem != domain::NumberProblem::none) {
    at.problem = problem;
    return true;
  }
  auto& draft = *change.draft();
  const Who who = at.who;
  person_of(draft, who).id_kind = at.kind;
  person_of(draft, who).id_number = number;
  if (change.session.visit->from_check && is_known(person_of(draft, who))) go_to_next_question(change, 0);
  else change.go(at_name(draft, who));
  return true;
}

bool confirm_name(Change& change, AtName& at) {
  auto checked = domain::check_name(at.typed);
  if (checked.problem != domain::AnswerProblem::none) {
    at.problem = checked.problem;
    return true;
  }
  auto& draft = *change.draft();
  person_of(draft, at.who).name = std::move(checked.value);
  go_to_next_question(change, 0);
  return true;
}

}  // namespace

AtIdNumber at_id_number(const Draft& draft, Who who) {
  const auto& person = who == Who::applicant ? draft.identity : draft.agent;
  AtIdNumber at{who, person.id_kind, person.id_number, {}};
  if (who == Who::applicant && is_organisation(draft)) at.kind = domain::IdKind::uscc;
  else if (at.kind == domain::IdKind::uscc) at.kind = domain::IdKind::resident_id;
  return at;
}

AtName at_name(const Draft& draft, Who who) {
  return AtName{who, who == Who::applicant ? draft.identity.name : draft.agent.name, {}};
}

bool went_on_identity(Change& change) {
  if (const auto* guide = change.at<AtGuide>()) return start_application(change, AtGuide{*guide});
  if (!change.draft()) return false;
  if (change.at<AtPrivacy>()) return agree_to_privacy(change);
  if (change.at<AtApplicantKind>()) {
    if (change.draft()->kind) go_to_next_question(change, 0);
    return true;
  }
  if (auto* number = change.at<AtIdNumber>()) return confirm_id_number(change, *number);
  if (auto* name = change.at<AtName>()) return confirm_name(change, *name);
  return false;
}

void on(Change& change, const ApplicantKindChosen& message) {
  auto* draft = change.draft();
  if (!draft || !change.at<AtApplicantKind>()) return;
  const auto& offered = draft->procedure.applicants;
  if (std::find(offered.begin(), offered.end(), message.kind) == offered.end()) return;
  if (draft->kind != message.kind) {
    // A person's number is not an organisation's code: who applies is asked anew.
    draft->identity = {};
    draft->agent = {};
  }
  draft->kind = message.kind;
}

void on(Change& change, const IdKindChosen& message) {
  auto* at = change.at<AtIdNumber>();
  if (!at || at->kind == domain::IdKind::uscc || message.kind == domain::IdKind::uscc) return;
  at->kind = message.kind;
  at->problem = {};
}

namespace {

std::optional<Step> open_identity_question(Draft& draft) {
  if (!draft.kind) return AtApplicantKind{};
  for (const Who who : {Who::applicant, Who::agent}) {
    if (who == Who::agent && !is_organisation(draft)) break;
    const auto& person = person_of(draft, who);
    if (person.id_number.empty()) return at_id_number(draft, who);
    if (person.name.empty()) return at_name(draft, who);
  }
  return std::nullopt;
}

std::optional<Step> form_question(const Draft& draft, std::size_t from, bool only_unseen) {
  const auto& form = draft.procedure.form;
  for (std::size_t i = from; i < form.size(); ++i) {
    if (!domain::is_shown(form[i], draft.answers)) continue;
    if (!only_unseen || !draft.seen.contains(form[i].id)) return at_form_field(draft, i);
  }
  return std::nullopt;
}

}  // namespace

void go_to_next_question(Change& change, std::size_t form_from) {
  auto& draft = *change.draft();
  const bool changing = change.session.visit->from_check;
  if (auto step = open_identity_question(draft)) return change.go(std::move(*step));
  if (auto step = form_question(draft, changing ? 0 : form_from, changing)) return change.go(std::move(*step));
  if (changing && change.return_to<AtCheck>()) {
    change.session.visit->from_check = false;
    return;
  }
  if (!draft.procedure.materials.empty()) return change.go(AtMaterials{});
  go_to_pickup(change);
}

}  // namespace bangwu::session
