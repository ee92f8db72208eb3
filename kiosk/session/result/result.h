#pragma once
#include <optional>
#include <string>

#include "session/context.h"
#include "session/storing/storing.h"

/// A part: what became of what was handed in. The visit knows no more of it than this.
namespace bangwu::session::result {

struct Sending {
  base::SteadyTime since;
};
struct Shown {};
struct State {
  domain::Procedure procedure;
  std::string envelope, provisional_number, pickup, masked_telephone;
  std::optional<base::SystemTime> at;  ///< absent: the clock is wrong
  std::optional<AnswerArrived> answer;
  bool is_stuck = false;
  ResultView::Slip slip = ResultView::Slip::not_saved;
  std::variant<Sending, Shown> step;
};

/// What was touched besides: its journey decides.
enum class Wish { rate };

[[nodiscard]] Outcome<Wish> update(Context& context, State& state, const Message& message);
void update(State& state, const Found& found);
/// Answers to other envelopes change nothing.
void update(State& state, const storing::Delivery& delivery);
/// The answer was waited for long enough; true when that changed the screen.
[[nodiscard]] bool tick(const Context& context, State& state);
[[nodiscard]] std::optional<base::SteadyTime> due(const Hall& hall, const State& state);
[[nodiscard]] bool is_sending(const State& state);

[[nodiscard]] Seen see(const State& state);

}  // namespace bangwu::session::result
