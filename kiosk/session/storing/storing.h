#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "session/context.h"

/// What every journey does at its end: have something stored, and know when to stop waiting for it.
namespace bangwu::session::storing {

struct Idle {};
struct Waiting {
  base::SteadyTime since;
  /// Of any visit's envelopes: an answer may come before it is known which envelope is this one's.
  std::vector<Delivery> early{};
};
struct Refused {
  StoreProblem problem = StoreProblem::failed;
};
struct State {
  std::optional<Ticket> ticket{};  ///< given with the first try, kept for all of them
  std::variant<Idle, Waiting, Refused> at{};
};

struct Success {
  std::string envelope, provisional_number;
  std::vector<Delivery> early;  ///< this envelope's only
};

/// Orders it; nothing while it waits already.
void begin(Context& context, State& state, domain::Body body, std::vector<PageOf> pages, std::string depends_on);
/// Answers to other tickets change nothing. A late success counts whatever was said meanwhile.
[[nodiscard]] std::optional<Success> update(State& state, const Answer& answer);
void update(State& state, const Delivery& delivery);
/// Ends the waiting when its time is over; true when it did.
[[nodiscard]] bool tick(const Context& context, State& state);
[[nodiscard]] std::optional<base::SteadyTime> due(const Hall& hall, const State& state);

[[nodiscard]] bool is_waiting(const State& state);
[[nodiscard]] std::optional<StoreProblem> problem_of(const State& state);
/// It may lie in the queue already: nothing of it may be changed any more, only tried again or left.
[[nodiscard]] bool may_be_stored(const State& state);

}  // namespace bangwu::session::storing
