#include "domain/cases/application.h"

#include <utility>

#include "base/visitor.h"

namespace bangwu::domain::cases {
namespace {

using Decision = tl::expected<std::vector<Event>, Refusal>;

Decision decide_receive(const std::optional<Case>& current, const ReceiveApplication& command, const Actor& by) {
  const Received& received = command.received;
  if (!std::holds_alternative<Applicant>(by)) return tl::unexpected(Refusal::not_theirs_to_do);
  if (current) return tl::unexpected(Refusal::already_received);
  const bool limit_runs = received.outcome == Outcome::accepted || received.outcome == Outcome::in_review;
  if (received.due && !limit_runs) return tl::unexpected(Refusal::due_without_run);
  if (received.lacks.empty() == (received.outcome == Outcome::correction_needed)) {
    return tl::unexpected(Refusal::lacks_do_not_match);
  }
  return std::vector<Event>{received};
}

Decision decide_note(const std::optional<Case>& current, const AddNote& command, const Actor& by) {
  if (!std::holds_alternative<System>(by)) return tl::unexpected(Refusal::not_theirs_to_do);
  if (!current) return tl::unexpected(Refusal::not_received_yet);
  return std::vector<Event>{command.note};
}

State state_after(Outcome outcome) {
  switch (outcome) {
    case Outcome::accepted: return State::accepted;
    case Outcome::in_review: return State::in_review;
    case Outcome::correction_needed: return State::correction_needed;
    case Outcome::not_accepted: return State::not_accepted;
  }
  return State::in_review;
}

Step step_of(State state) {
  switch (state) {
    case State::accepted: return Step::accepted;
    case State::in_review: return Step::in_review;
    case State::correction_needed: return Step::correction_needed;
    case State::not_accepted: return Step::not_accepted;
  }
  return Step::in_review;
}

}  // namespace

Decision decide(const std::optional<Case>& current, const Command& command, const Actor& by) {
  return std::visit(base::Visitor{
                        [&](const ReceiveApplication& receive) { return decide_receive(current, receive, by); },
                        [&](const AddNote& add) { return decide_note(current, add, by); },
                    },
                    command);
}

Case apply(std::optional<Case> current, const Recorded& recorded) {
  Case result = std::move(current).value_or(Case{});
  std::visit(base::Visitor{
                 [&](const Received& received) {
                   result.procedure = received.procedure;
                   result.procedure_name = received.procedure_name;
                   result.outcome = received.outcome;
                   result.lacks = received.lacks;
                   result.received_on = received.received_on;
                   result.due = received.due;
                   result.due_is_provisional = received.due_is_provisional;
                   result.state = state_after(received.outcome);
                   result.steps.push_back({Step::received, recorded.at});
                   result.steps.push_back({step_of(result.state), recorded.at});
                 },
                 [&](const Noted& note) { result.notes.push_back(note); },
             },
             recorded.event);
  return result;
}

const char* name_of(State state) { return name_of(step_of(state)); }

const char* name_of(Step step) {
  switch (step) {
    case Step::received: return "received";
    case Step::accepted: return "accepted";
    case Step::in_review: return "in_review";
    case Step::correction_needed: return "correction_needed";
    case Step::not_accepted: return "not_accepted";
  }
  return "received";
}

const char* name_of(NoteTopic topic) {
  switch (topic) {
    case NoteTopic::unknown_procedure: return "unknown_procedure";
    case NoteTopic::changed_form: return "changed_form";
    case NoteTopic::doubtful_hand_in: return "doubtful_hand_in";
  }
  return "unknown_procedure";
}

const char* name_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::already_received: return "already_received";
    case Refusal::not_received_yet: return "not_received_yet";
    case Refusal::due_without_run: return "due_without_run";
    case Refusal::lacks_do_not_match: return "lacks_do_not_match";
    case Refusal::not_theirs_to_do: return "not_theirs_to_do";
  }
  return "already_received";
}

}  // namespace bangwu::domain::cases
