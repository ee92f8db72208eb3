#include "session/flow.h"

namespace bangwu::session {

void Change::go(Step next) {
  session.visit->trail.push_back(std::move(session.step));
  session.step = std::move(next);
}

void Change::replace(Step next) { session.step = std::move(next); }

void Change::back() {
  auto& trail = session.visit->trail;
  if (trail.empty() || std::holds_alternative<AtStart>(trail.back())) return end_visit();
  session.step = std::move(trail.back());
  trail.pop_back();
  if (std::holds_alternative<AtCheck>(session.step)) session.visit->from_check = false;
}

void Change::begin_visit() {
  session.visit.emplace();
  order(BeginVisit{});
}

void Change::end_visit() {
  if (std::holds_alternative<AtCapturing>(session.step)) order(CancelCapture{});
  order(ForgetVisit{});
  const auto machine = session.machine;
  session = Session{};
  session.machine = machine;
  session.last_touch = now.steady;
}

}  // namespace bangwu::session
