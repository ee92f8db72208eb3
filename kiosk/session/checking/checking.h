#pragma once
#include <string>
#include <variant>

#include "domain/assessment.h"
#include "session/context.h"

/// A part: all that will be handed in on one page, each line with 更改. It has no state: what it shows is the
/// application as it would be stored now, and what lacks in it by the central service's own rule.
namespace bangwu::session::checking {

struct Checked {
  const domain::Procedure& procedure;
  const domain::Application& application;
};

/// 确认无误, or the line to be changed.
struct Confirmed {};
struct Change {
  std::string line;
};
using Choice = std::variant<Confirmed, Change>;

[[nodiscard]] Outcome<Choice> update(const Gesture& gesture);
[[nodiscard]] Outcome<Choice> update(const Message& message);
[[nodiscard]] Seen see(const Looking& look, const Checked& checked);

}  // namespace bangwu::session::checking
