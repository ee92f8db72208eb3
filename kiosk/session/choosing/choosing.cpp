#include "session/choosing/choosing.h"

#include <algorithm>

namespace bangwu::session::choosing {
namespace {

using Chosen = Outcome<domain::Procedure>;

void go(State& state, Step next) {
  state.behind.push_back(std::move(state.step));
  state.step = std::move(next);
}

Chosen on(Context&, State& state, const WentBack&) {
  if (state.behind.empty()) return Back{};
  state.step = std::move(state.behind.back());
  state.behind.pop_back();
  return Stay{};
}

Chosen on(Context& context, State& state, const WentOn&) {
  const auto* guide = std::get_if<AtGuide>(&state.step);
  if (!guide) return Stay{};
  auto procedure = domain::procedure_for(*context.hall.catalogue, guide->code);
  if (!procedure) return Stay{};
  return Done<domain::Procedure>{std::move(*procedure)};
}

Chosen on(Context& context, State& state, const TextChanged& message) {
  auto* search = std::get_if<AtSearch>(&state.step);
  if (!search || domain::length_of(message.text) > kMostTyped) return Stay{};
  search->typed = message.text;
  search->found = context.hall.search->find(message.text);
  search->screenful = 0;
  return Stay{};
}

Chosen on(Context&, State&, const ChoiceMade&) { return Stay{}; }
Chosen on(Context&, State&, const PrintedSoConfirmed&) { return Stay{}; }

Chosen on(Context&, State& state, const ListTurned& message) {
  const auto turn = [&](int& screenful) { screenful = std::max(0, screenful + message.screenfuls); };
  if (auto* items = std::get_if<AtItems>(&state.step)) turn(items->screenful);
  if (auto* bundles = std::get_if<AtBundles>(&state.step)) turn(bundles->screenful);
  if (auto* search = std::get_if<AtSearch>(&state.step)) turn(search->screenful);
  return Stay{};
}

Chosen on(Context&, State& state, const DomainChosen& message) {
  if (std::holds_alternative<AtDomains>(state.step)) go(state, AtItems{message.domain, 0});
  return Stay{};
}

Chosen on(Context& context, State& state, const CodeChosen& message) {
  const bool is_list = std::holds_alternative<AtItems>(state.step) || std::holds_alternative<AtBundles>(state.step) ||
                       std::holds_alternative<AtSearch>(state.step);
  const auto& catalogue = *context.hall.catalogue;
  const bool is_known = catalogue.find_item(message.code) || catalogue.find_bundle(message.code);
  if (is_list && is_known) go(state, AtGuide{message.code});
  return Stay{};
}

Chosen on(Context&, State& state, const DomainsWanted&) {
  if (std::holds_alternative<AtSearch>(state.step)) go(state, AtDomains{});
  return Stay{};
}

}  // namespace

State begin(Entry entry) {
  switch (entry) {
    case Entry::bundles: return {AtBundles{}};
    case Entry::search: return {AtSearch{}};
    case Entry::apply:
    case Entry::rate: break;
  }
  return {AtDomains{}};
}

Chosen update(Context& context, State& state, const Gesture& gesture) {
  return std::visit([&](const auto& fact) { return on(context, state, fact); }, gesture);
}

Chosen update(Context& context, State& state, const Message& message) {
  return std::visit([&](const auto& fact) { return on(context, state, fact); }, message);
}

}  // namespace bangwu::session::choosing
