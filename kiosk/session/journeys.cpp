#include "session/journeys.h"

namespace bangwu::session {
namespace {

struct Take {
  Context& context;
  const Message& message;

  Next operator()(Idle&) const {
    if (const auto* page = fact_in<PageCaptured>(message)) context.order(DropPage{page->key});
    return Next::stay;
  }
  Next operator()(apply::Visit& visit) const { return apply::update(context, visit, message); }
  Next operator()(rate::Visit& visit) const {
    const auto outcome = std::visit(
        [&](const auto& fact) -> rate::Rated {
          if constexpr (requires { rate::update(context, visit, fact); }) return rate::update(context, visit, fact);
          else return Stay{};
        },
        message);
    if (const auto* page = fact_in<PageCaptured>(message)) context.order(DropPage{page->key});
    return std::holds_alternative<Stay>(outcome) ? Next::stay : Next::leave;
  }
};

Seen start_page(const Looking& look, const MachineFaults& machine) {
  StartView view;
  const auto tell = [&](MachineFault fault, std::optional<std::chrono::sys_seconds> since) {
    view.staff.push_back({.fault = fault, .since = since});
    if (keeps_visitors_out(fault) && !view.closed) view.closed = fault;
  };
  auto faults = machine;
  if (look.hall.catalogue->items.empty()) faults.try_emplace(MachineFault::no_items);
  for (const auto& [fault, since] : faults)
    tell(fault, since ? std::optional(std::chrono::floor<std::chrono::seconds>(*since)) : std::nullopt);
  return {{}, std::move(view)};
}

}  // namespace

Next update(Context& context, Journey& journey, const Message& message) {
  return std::visit(Take{context, message}, journey);
}

void call_off(Context& context, const Journey& journey) {
  if (const auto* visit = std::get_if<apply::Visit>(&journey)) apply::call_off(context, *visit);
}

bool send_untouched(Context& context, Journey& journey) {
  return std::visit(Match{[](Idle&) { return false; }, [&](auto& visit) { return send_untouched(context, visit); }},
                    journey);
}

Home home_of(const Journey& journey) {
  return std::visit(
      Match{[](const Idle&) { return Home::waits; }, [](const apply::Visit& visit) { return apply::home_of(visit); },
            [](const rate::Visit& visit) { return rate::is_over(visit) ? Home::leaves : Home::asks; }},
      journey);
}

bool holds_clock(const Journey& journey) {
  return std::visit(Match{[](const Idle&) { return false; }, [](const auto& visit) { return holds_clock(visit); }},
                    journey);
}

std::optional<base::SteadyTime> due(const Hall& hall, const Journey& journey, Now now) {
  return std::visit(Match{[](const Idle&) { return std::optional<base::SteadyTime>{}; },
                          [&](const auto& visit) { return due(hall, visit, now); }},
                    journey);
}

Seen see(const Looking& look, const Journey& journey, const MachineFaults& machine) {
  return std::visit(Match{[&](const Idle&) { return start_page(look, machine); },
                          [&](const auto& visit) { return see(look, visit); }},
                    journey);
}

}  // namespace bangwu::session
