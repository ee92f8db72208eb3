#include "domain/casework.h"

#include <utility>

namespace bangwu::domain {
namespace {

template <class... Handlers>
struct Visitor : Handlers... {
  using Handlers::operator()...;
};

using Decision = tl::expected<std::vector<CaseEvent>, CaseRefusal>;

Decision decide_receive(const std::optional<Case>& current, const ReceiveApplication& command) {
  const CaseReceived& received = command.received;
  if (current) return tl::unexpected(CaseRefusal::already_received);
  const bool limit_runs = received.outcome == Outcome::accepted || received.outcome == Outcome::in_review;
  if (received.due && !limit_runs) return tl::unexpected(CaseRefusal::due_without_run);
  if (received.lacks.empty() == (received.outcome == Outcome::correction_needed)) {
    return tl::unexpected(CaseRefusal::lacks_do_not_match);
  }
  return std::vector<CaseEvent>{received};
}

CaseState state_after(Outcome outcome) {
  switch (outcome) {
    case Outcome::accepted: return CaseState::accepted;
    case Outcome::in_review: return CaseState::in_review;
    case Outcome::correction_needed: return CaseState::correction_needed;
    case Outcome::not_accepted: return CaseState::not_accepted;
  }
  return CaseState::in_review;
}

CaseStep step_of(CaseState state) {
  switch (state) {
    case CaseState::accepted: return CaseStep::accepted;
    case CaseState::in_review: return CaseStep::in_review;
    case CaseState::correction_needed: return CaseStep::correction_needed;
    case CaseState::not_accepted: return CaseStep::not_accepted;
  }
  return CaseStep::in_review;
}

}  // namespace

Decision decide(const std::optional<Case>& current, const CaseCommand& command) {
  return std::visit(Visitor{
                        [&](const ReceiveApplication& receive) { return decide_receive(current, receive); },
                        [&](const AddNote& add) -> Decision {
                          if (!current) return tl::unexpected(CaseRefusal::not_received_yet);
                          return std::vector<CaseEvent>{add.note};
                        },
                    },
                    command);
}

Case apply(std::optional<Case> current, const CaseEvent& event, base::SystemTime at) {
  Case result = std::move(current).value_or(Case{});
  std::visit(Visitor{
                 [&](const CaseReceived& received) {
                   result.procedure = received.procedure;
                   result.procedure_name = received.procedure_name;
                   result.outcome = received.outcome;
                   result.lacks = received.lacks;
                   result.received_on = received.received_on;
                   result.due = received.due;
                   result.due_is_provisional = received.due_is_provisional;
                   result.state = state_after(received.outcome);
                   result.steps.push_back({CaseStep::received, at});
                   result.steps.push_back({step_of(result.state), at});
                 },
                 [&](const CaseNoted& note) { result.notes.push_back(note); },
             },
             event);
  return result;
}

const char* name_of(CaseState state) { return name_of(step_of(state)); }

const char* name_of(CaseStep step) {
  switch (step) {
    case CaseStep::received: return "received";
    case CaseStep::accepted: return "accepted";
    case CaseStep::in_review: return "in_review";
    case CaseStep::correction_needed: return "correction_needed";
    case CaseStep::not_accepted: return "not_accepted";
  }
  return "received";
}

const char* name_of(NoteTopic topic) {
  switch (topic) {
    case NoteTopic::unknown_procedure: return "unknown_procedure";
  }
  return "unknown_procedure";
}

const char* name_of(CaseRefusal refusal) {
  switch (refusal) {
    case CaseRefusal::already_received: return "already_received";
    case CaseRefusal::not_received_yet: return "not_received_yet";
    case CaseRefusal::due_without_run: return "due_without_run";
    case CaseRefusal::lacks_do_not_match: return "lacks_do_not_match";
  }
  return "already_received";
}

}  // namespace bangwu::domain
