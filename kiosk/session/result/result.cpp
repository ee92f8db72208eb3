#include "session/result/result.h"

namespace bangwu::session::result {
namespace {

ResultView::State state_of(const State& state) {
  if (!state.answer) return state.is_stuck ? ResultView::State::stuck : ResultView::State::stored_here;
  switch (state.answer->outcome) {
    case domain::Outcome::accepted: return ResultView::State::accepted;
    case domain::Outcome::in_review: return ResultView::State::in_review;
    case domain::Outcome::correction_needed: return ResultView::State::correction_needed;
    case domain::Outcome::not_accepted: return ResultView::State::not_accepted;
  }
  return ResultView::State::in_review;
}

std::string label_of(const domain::Procedure& procedure, const domain::Lack& lack) {
  for (const auto& field : procedure.form) {
    if (lack.what == domain::Lack::What::field && field.id == lack.id) return field.label;
  }
  for (const auto& material : procedure.materials) {
    if (lack.what == domain::Lack::What::material && material.id == lack.id) return material.name;
  }
  return lack.id;
}

std::optional<ResultView::Part> part_of(const domain::Lack& lack) {
  if (lack.what != domain::Lack::What::part) return std::nullopt;
  if (lack.id == "applicant") return ResultView::Part::applicant;
  if (lack.id == "agent") return ResultView::Part::agent;
  if (lack.id == "declaration") return ResultView::Part::declaration;
  if (lack.id == "signature") return ResultView::Part::signature;
  return std::nullopt;
}

void add_answer(ResultView& view, const domain::Procedure& procedure, const AnswerArrived& answer) {
  if (!answer.case_number.empty()) view.number = answer.case_number;
  view.due = answer.due;
  view.due_is_provisional = answer.due_is_provisional;
  for (const auto& lack : answer.lacks) {
    if (const auto part = part_of(lack)) view.lacking_parts.push_back(*part);
    else view.lacks.push_back(label_of(procedure, lack));
  }
}

ResultView::Slip slip_of(SlipOutcome outcome) {
  switch (outcome) {
    case SlipOutcome::saved: return ResultView::Slip::saved;
    case SlipOutcome::no_medium: return ResultView::Slip::no_medium;
    case SlipOutcome::not_written: return ResultView::Slip::not_written;
    case SlipOutcome::not_made: return ResultView::Slip::not_made;
  }
  return ResultView::Slip::not_made;
}

}  // namespace

Outcome<Wish> update(Context& context, State& state, const Message& message) {
  if (is_sending(state)) return Stay{};
  if (std::holds_alternative<RateAsked>(message)) return Done<Wish>{Wish::rate};
  if (state.slip == ResultView::Slip::saving) return Stay{};
  state.slip = ResultView::Slip::saving;
  context.order(SaveSlip{});
  return Stay{};
}

void update(State& state, const Found& found) { state.slip = slip_of(std::get<SlipSaveEnded>(found).outcome); }

void update(State& state, const storing::Delivery& delivery) {
  if (const auto* answer = std::get_if<AnswerArrived>(&delivery)) {
    if (answer->envelope != state.envelope) return;
    state.answer = *answer;
  } else {
    if (std::get<DeliveryStuck>(delivery).envelope != state.envelope) return;
    state.is_stuck = true;
  }
  state.step = Shown{};
}

bool tick(const Context& context, State& state) {
  const auto at = due(context.hall, state);
  if (!at || context.now.steady < *at) return false;
  state.step = Shown{};
  return true;
}

std::optional<base::SteadyTime> due(const Hall& hall, const State& state) {
  const auto* sending = std::get_if<Sending>(&state.step);
  if (!sending) return std::nullopt;
  return sending->since + hall.answer_wait;
}

bool is_sending(const State& state) { return std::holds_alternative<Sending>(state.step); }

Seen see(const State& state) {
  if (is_sending(state)) return {{}, SendingView{state.provisional_number}};
  const auto& procedure = state.procedure;
  ResultView view;
  view.state = state_of(state);
  view.procedure = procedure.name;
  view.number = state.provisional_number;
  view.promised_working_days = procedure.promised_limit.working_days;
  view.pickup = state.pickup;
  view.window = procedure.window;
  view.consult = procedure.consult;
  if (!state.masked_telephone.empty()) view.telephone = state.masked_telephone;
  if (state.at) view.stored_at = std::chrono::floor<std::chrono::seconds>(*state.at);
  view.slip = state.slip;
  if (state.answer) add_answer(view, procedure, *state.answer);
  return {{.next = NextLabel::finish}, std::move(view)};
}

}  // namespace bangwu::session::result
