#include "session/storing/storing.h"

#include <algorithm>

namespace bangwu::session::storing {
namespace {

constexpr std::size_t kMostEarly = 64;

const std::string& envelope_of(const Delivery& delivery) {
  return std::visit([](const auto& fact) -> const std::string& { return fact.envelope; }, delivery);
}

}  // namespace

void begin(Context& context, State& state, domain::Body body, std::vector<PageOf> pages, std::string depends_on) {
  if (is_waiting(state)) return;
  if (!state.ticket) state.ticket = context.next_ticket();
  state.at = Waiting{context.now.steady};
  context.order(Store{*state.ticket, std::move(body), std::move(pages), std::move(depends_on)});
}

std::optional<Success> update(State& state, const Answer& answer) {
  if (const auto* refused = std::get_if<StoreRefused>(&answer)) {
    if (refused->ticket == state.ticket) state.at = Refused{refused->problem};
    return std::nullopt;
  }
  const auto& stored = std::get<Stored>(answer);
  if (stored.ticket != state.ticket) return std::nullopt;
  Success success{stored.envelope, stored.provisional_number, {}};
  if (auto* waiting = std::get_if<Waiting>(&state.at)) {
    for (auto& delivery : waiting->early) {
      if (envelope_of(delivery) == stored.envelope) success.early.push_back(std::move(delivery));
    }
  }
  state.at = Idle{};
  return success;
}

void update(State& state, const Delivery& delivery) {
  auto* waiting = std::get_if<Waiting>(&state.at);
  if (!waiting) return;
  if (waiting->early.size() >= kMostEarly) waiting->early.erase(waiting->early.begin());
  waiting->early.push_back(delivery);
}

bool tick(const Context& context, State& state) {
  const auto at = due(context.hall, state);
  if (!at || context.now.steady < *at) return false;
  state.at = Refused{StoreProblem::no_answer};
  return true;
}

std::optional<base::SteadyTime> due(const Hall& hall, const State& state) {
  const auto* waiting = std::get_if<Waiting>(&state.at);
  if (!waiting) return std::nullopt;
  return waiting->since + hall.store_wait;
}

bool is_waiting(const State& state) { return std::holds_alternative<Waiting>(state.at); }

std::optional<StoreProblem> problem_of(const State& state) {
  const auto* refused = std::get_if<Refused>(&state.at);
  return refused ? std::optional(refused->problem) : std::nullopt;
}

bool may_be_stored(const State& state) {
  const auto problem = problem_of(state);
  return problem == StoreProblem::unknown || problem == StoreProblem::no_answer;
}

}  // namespace bangwu::session::storing
