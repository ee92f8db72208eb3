#pragma once
#include <optional>
#include <string>
#include <variant>

#include "session/context.h"
#include "session/trail.h"

/// The journey 我的办件: the case's number, the proof that it is one's own, where it stands. What was typed is kept
/// while the visit lasts; an answer is shown and kept nowhere else. A receipt's QR code, scanned as if it were typed,
/// brings both at once.
namespace bangwu::session::progress {

struct AtNumber {
  std::string typed;
  ProgressInputProblem problem = ProgressInputProblem::none;
};
struct AtProof {
  std::string typed;
  ProgressInputProblem problem = ProgressInputProblem::none;
};
/// One question at a time; answers to other tickets change nothing.
struct AtAsking {
  Ticket ticket = 0;
  base::SteadyTime since;
};
struct AtFailed {
  ProgressProblem problem = ProgressProblem::unreachable;
};
struct AtShown {
  domain::cases::Standing standing;
};
using Step = std::variant<AtNumber, AtProof, AtAsking, AtFailed, AtShown>;
[[nodiscard]] bool is_same_question(const Step& a, const Step& b);
void take_typed(Step& next, Step& left);

struct Visit {
  std::string number;  ///< confirmed, as it is kept
  Trail<Step> trail{AtNumber{}};
};

/// Done: the person's time at the machine is over.
using Told = Outcome<Nothing>;
[[nodiscard]] Told update(Context& context, Visit& visit, const Gesture& gesture);
[[nodiscard]] Told update(Context& context, Visit& visit, const Answer& answer);
[[nodiscard]] Told update(Context& context, Visit& visit, const Finished&);
[[nodiscard]] Told update(Context& context, Visit& visit, const Ticked&);
/// The visit ends in any way: a question under way is called off.
void call_off(Context& context, const Visit& visit);
[[nodiscard]] bool send_untouched(Context& context, Visit& visit);  ///< there is nothing to send

[[nodiscard]] bool is_over(const Visit& visit);      ///< the answer is shown: 回首页 asks nothing
[[nodiscard]] bool holds_clock(const Visit& visit);  ///< it is being asked
[[nodiscard]] std::optional<base::SteadyTime> due(const Hall& hall, const Visit& visit, Now now);
[[nodiscard]] Seen see(const Looking& look, const Visit& visit);

}  // namespace bangwu::session::progress
