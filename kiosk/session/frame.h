#pragma once
#include <optional>
#include <variant>

#include "domain/application.h"
#include "domain/numbers.h"

/// What views of all parts share.
namespace bangwu::session {

/// What is wrong with what was typed.
using InputProblem = std::variant<std::monostate, domain::NumberProblem, domain::AnswerProblem>;

/// The number may be printed so all the same: PrintedSoConfirmed insists on it.
[[nodiscard]] inline bool may_be_printed_so(const InputProblem& problem) {
  const auto* number = std::get_if<domain::NumberProblem>(&problem);
  return number && domain::may_be_printed_so(*number);
}

enum class NextLabel { next, confirm, start_application, agree, submit, send, finish, done };

/// The fixed frame. `step` 0: no step is shown.
struct FrameView {
  int step = 0, steps = 0;
  bool back = false, home = false;
  std::optional<NextLabel> next{};
  bool next_enabled = true;
};

/// A page with both ways back, as most are.
[[nodiscard]] inline FrameView page_frame(std::optional<NextLabel> next, bool enabled = true) {
  return {.back = true, .home = true, .next = next, .next_enabled = enabled};
}

}  // namespace bangwu::session
