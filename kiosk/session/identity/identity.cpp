#include "session/identity/identity.h"

#include <algorithm>

namespace bangwu::session::identity {
namespace {

using domain::ApplicantKind;
using domain::IdKind;
using domain::Person;
using Answered = Outcome<domain::Applicant>;

bool is_organisation(const State& state) { return state.kind && *state.kind != ApplicantKind::natural_person; }

const Person& person_of(const State& state, Who who) {
  if (who == Who::agent) return state.agent;
  return is_organisation(state) ? state.organisation : state.person;
}
Person& person_of(State& state, Who who) { return const_cast<Person&>(person_of(std::as_const(state), who)); }

AtNumber number_question(const State& state, Who who) {
  const auto& person = person_of(state, who);
  const bool of_organisation = who == Who::applicant && is_organisation(state);
  return {who, of_organisation ? IdKind::uscc : person.id_kind, person.id_number, {}};
}
AtName name_question(const State& state, Who who) {
  return {who, who == Who::applicant && is_organisation(state), person_of(state, who).name, {}};
}

std::optional<Step> open_question(const State& state) {
  if (!state.kind) return AtKind{};
  for (const Who who : {Who::applicant, Who::agent}) {
    if (who == Who::agent && !is_organisation(state)) break;
    if (person_of(state, who).id_number.empty()) return number_question(state, who);
    if (person_of(state, who).name.empty()) return name_question(state, who);
  }
  return std::nullopt;
}

// Every question in turn, whether answered before or not.
std::optional<Step> question_after(const State& state, const Step& step) {
  if (std::holds_alternative<AtKind>(step)) return number_question(state, Who::applicant);
  if (const auto* number = std::get_if<AtNumber>(&step)) return name_question(state, number->who);
  const bool was_applicant = std::get<AtName>(step).who == Who::applicant;
  if (was_applicant && is_organisation(state)) return number_question(state, Who::agent);
  return std::nullopt;
}

Answered go_on(State& state) {
  auto next = state.asking == Asking::all ? question_after(state, state.trail.step) : open_question(state);
  if (!next) next = open_question(state);
  if (next) return state.trail.go(std::move(*next)), Stay{};
  return Done<domain::Applicant>{*applicant_of(state)};
}

Answered confirm(Context&, State& state, AtKind& at) {
  if (!at.chosen) return Stay{};
  state.kind = at.chosen;
  return go_on(state);
}

Answered confirm(Context& context, State& state, AtNumber& at) {
  std::string number = domain::tidy_number(at.typed);
  const auto problem = domain::check_id(at.kind, number, context.today(), state.printed_so);
  if (problem != domain::NumberProblem::none) {
    at.problem = problem;
    return Stay{};
  }
  auto& person = person_of(state, at.who);
  person.id_kind = at.kind;
  person.id_number = std::move(number);
  return go_on(state);
}

Answered confirm(Context&, State& state, AtName& at) {
  auto checked = domain::check_name(at.typed);
  if (checked.problem != domain::AnswerProblem::none) {
    at.problem = checked.problem;
    return Stay{};
  }
  person_of(state, at.who).name = std::move(checked.value);
  return go_on(state);
}

Answered on(Context&, State& state, const WentBack&) {
  return state.trail.back() ? Answered{Stay{}} : Answered{Back{}};
}
Answered on(Context& context, State& state, const WentOn&) {
  return std::visit([&](auto& at) { return confirm(context, state, at); }, state.trail.step);
}
Answered on(Context&, State& state, const TextChanged& message) {
  if (domain::length_of(message.text) > kMostTyped) return Stay{};
  if (auto* number = std::get_if<AtNumber>(&state.trail.step)) {
    number->typed = domain::tidy_number(message.text).substr(0, domain::longest(number->kind));
    number->problem = {};
  }
  if (auto* name = std::get_if<AtName>(&state.trail.step)) {
    name->typed = message.text;
    name->problem = {};
  }
  return Stay{};
}
Answered on(Context&, State&, const ChoiceMade&) { return Stay{}; }
Answered on(Context&, State&, const ListTurned&) { return Stay{}; }

Answered on(Context&, State& state, const ApplicantKindChosen& message) {
  auto* at = std::get_if<AtKind>(&state.trail.step);
  if (at && std::find(state.offered.begin(), state.offered.end(), message.kind) != state.offered.end())
    at->chosen = message.kind;
  return Stay{};
}
Answered on(Context&, State& state, const IdKindChosen& message) {
  auto* at = std::get_if<AtNumber>(&state.trail.step);
  if (!at || at->kind == IdKind::uscc || message.kind == IdKind::uscc) return Stay{};
  at->kind = message.kind;
  at->problem = {};
  return Stay{};
}

Answered on(Context& context, State& state, const PrintedSoConfirmed&) {
  auto* at = std::get_if<AtNumber>(&state.trail.step);
  if (!at || !may_be_printed_so(at->problem)) return Stay{};
  state.printed_so.insert(domain::tidy_number(at->typed));
  return confirm(context, state, *at);
}

}  // namespace

bool is_same_question(const Step& a, const Step& b) {
  if (a.index() != b.index()) return false;
  if (const auto* number = std::get_if<AtNumber>(&a)) {
    const auto& other = std::get<AtNumber>(b);
    return number->who == other.who && (number->kind == IdKind::uscc) == (other.kind == IdKind::uscc);
  }
  if (const auto* name = std::get_if<AtName>(&a)) {
    const auto& other = std::get<AtName>(b);
    return name->who == other.who && name->of_organisation == other.of_organisation;
  }
  return true;
}

void take_typed(Step& next, Step& left) { next = std::move(left); }

State begin(std::vector<ApplicantKind> offered) {
  State state{std::move(offered), std::nullopt, {}, {}, {}, {}, {AtKind{}}, Asking::all};
  if (state.offered.size() != 1) return state;
  state.kind = state.offered.front();
  state.trail.step = number_question(state, Who::applicant);
  return state;
}

std::optional<domain::Applicant> applicant_of(const State& state) {
  if (open_question(state)) return std::nullopt;
  domain::Applicant applicant{*state.kind, person_of(state, Who::applicant), std::nullopt};
  if (is_organisation(state)) applicant.agent = state.agent;
  return applicant;
}

void retrace(State& state) {
  const bool asks_kind = state.offered.size() != 1;
  state.asking = Asking::all;
  state.trail = {asks_kind ? Step{AtKind{state.kind}} : Step{number_question(state, Who::applicant)}};
  while (auto next = question_after(state, state.trail.step)) state.trail.go(std::move(*next));
}

std::optional<State> change_line(const State& state, std::string_view line) {
  std::optional<Step> question;
  if (line == "kind") question = AtKind{state.kind};
  if (line == "id") question = number_question(state, Who::applicant);
  if (line == "name") question = name_question(state, Who::applicant);
  if (line == "agent_id" && is_organisation(state)) question = number_question(state, Who::agent);
  if (line == "agent_name" && is_organisation(state)) question = name_question(state, Who::agent);
  if (!question) return std::nullopt;
  State changing = state;
  changing.trail = {std::move(*question)};
  changing.asking = Asking::open;
  return changing;
}

Answered update(Context& context, State& state, const Gesture& gesture) {
  return std::visit([&](const auto& fact) { return on(context, state, fact); }, gesture);
}
Answered update(Context& context, State& state, const Message& message) {
  return std::visit([&](const auto& fact) { return on(context, state, fact); }, message);
}

namespace {

struct Show {
  const State& state;
  Seen operator()(const AtKind& at) const {
    return {page_frame(NextLabel::next, at.chosen.has_value()), ApplicantKindView{state.offered, at.chosen}};
  }
  Seen operator()(const AtNumber& at) const {
    IdNumberView view{.who = at.who, .kind = at.kind, .offered = {at.kind}, .typed = at.typed, .problem = at.problem};
    if (at.kind == IdKind::uscc) view.doubtful = domain::uscc_organisation_code_is_doubtful(at.typed);
    if (at.kind != IdKind::uscc)
      view.offered = {IdKind::resident_id, IdKind::foreign_permanent_resident, IdKind::hmt_residence_permit};
    return {page_frame(NextLabel::next, !at.typed.empty()), std::move(view)};
  }
  Seen operator()(const AtName& at) const {
    return {page_frame(NextLabel::next, !at.typed.empty()), NameView{at.who, at.of_organisation, at.typed, at.problem}};
  }
};

}  // namespace

Seen see(const State& state) { return std::visit(Show{state}, state.trail.step); }

}  // namespace bangwu::session::identity
