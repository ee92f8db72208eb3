#include "session/session.h"

#include <algorithm>
#include <type_traits>

#include "session/journeys.h"

namespace bangwu::session {
namespace {

template <class M, std::size_t I = 0>
constexpr std::size_t index_of_message() {
  if constexpr (std::is_same_v<std::variant_alternative_t<I, Message>, M>) return I;
  else return index_of_message<M, I + 1>();
}

// In Message, what a visitor does stands before what the machine finds.
bool is_from_visitor(const Message& message) { return message.index() < index_of_message<Ticked>(); }

/// One message being applied.
struct Change {
  const Hall& hall;
  Session session;
  Effects effects;
  Now now;

  [[nodiscard]] Context context() { return {hall, now, session.language, session.last_ticket, effects}; }
  [[nodiscard]] bool is_over(Next next) const { return next == Next::leave; }

  // Everything of the visit is forgotten; the machine is as before the first touch.
  void end_visit() {
    auto at = context();
    call_off(at, session.journey);
    effects.emplace_back(ForgetVisit{});
    Session fresh;
    fresh.machine = std::move(session.machine);
    fresh.last_ticket = session.last_ticket;
    fresh.last_touch = now.steady;
    session = std::move(fresh);
  }

  void tell_journey(const Message& message) {
    const bool was_held = clock_is_held(session);
    auto at = context();
    const bool leaves = update(at, session.journey, message) == Next::leave;
    if (leaves) return end_visit();
    if (was_held && !clock_is_held(session)) session.last_touch = now.steady;  // it stood still while it worked
  }

  // --- one overload a message
  void on(const Touched&) {
    if (session.overlay && std::holds_alternative<Countdown>(*session.overlay)) session.overlay.reset();
  }

  void on(const EntryChosen& message) {
    const bool is_open = std::none_of(session.machine.begin(), session.machine.end(),
                                      [](const auto& known) { return keeps_visitors_out(known.first); });
    if (has_visit(session) || !is_open) return;
    effects.emplace_back(BeginVisit{});
    if (message.entry == Entry::rate) session.journey = rate::Visit{};
    else session.journey = apply::begin(message.entry);
  }

  void on(const OverlayTouch& touch) {
    std::visit([this](const auto& fact) { on(fact); }, touch);
  }
  void on(const LanguagesOpened&) { session.overlay = Languages{}; }
  void on(const HelpOpened&) { session.overlay = Help{}; }
  void on(const OverlayClosed&) { session.overlay.reset(); }
  void on(const LanguageChosen& message) {
    session.language = message.language;
    session.overlay.reset();
  }
  void on(const HomeAsked&) {
    switch (home_of(session.journey)) {
      case Home::waits: return;
      case Home::leaves: return end_visit();
      case Home::asks: session.overlay = HomeQuestion{};
    }
  }
  void on(const HomeConfirmed&) {
    if (session.overlay && std::holds_alternative<HomeQuestion>(*session.overlay)) end_visit();
  }

  void on(const MachineNews& news) {
    if (const auto* gone = std::get_if<FaultGone>(&news)) {
      session.machine.erase(gone->fault);
      return;
    }
    const auto since = clock_is_wrong(hall, now) ? std::nullopt : std::optional(now.wall);
    session.machine.try_emplace(std::get<FaultFound>(news).fault, since);
  }

  void on(const Ticked& ticked) {
    if (!has_visit(session)) return tick_start();
    tell_journey(ticked);
    if (has_visit(session)) tick_idle();
  }

  template <class Fact>
  void on(const Fact& fact) {
    tell_journey(fact);
  }

  // --- time
  void tick_start() {
    // Help or languages left open on the start screen, or a language chosen there, is for the next person to undo.
    if (now.steady - session.last_touch < hall.idle_limit) return;
    session.overlay.reset();
    session.language = Language::zh_CN;
  }

  void tick_idle() {
    if (const auto* countdown = session.overlay ? std::get_if<Countdown>(&*session.overlay) : nullptr) {
      if (now.steady - countdown->since >= hall.countdown) end_visit();
      return;
    }
    if (clock_is_held(session) || now.steady - session.last_touch < hall.idle_limit) return;
    auto at = context();
    if (!send_untouched(at, session.journey)) session.overlay = Countdown{now.steady};
  }
};

}  // namespace

Update update(const Hall& hall, Session session, const Message& message, Now now) {
  Change change{hall, std::move(session), {}, now};
  if (is_from_visitor(message)) change.session.last_touch = now.steady;
  std::visit([&](const auto& fact) { change.on(fact); }, message);
  return {std::move(change.session), std::move(change.effects)};
}

// Scanning, printing and sending hold the clock.
bool clock_is_held(const Session& session) { return holds_clock(session.journey); }

std::optional<base::SteadyTime> next_tick(const Hall& hall, const Session& session, Now now) {
  using namespace std::chrono;
  // The clock on the frame shows minutes.
  auto next = now.steady + (milliseconds{minutes{1}} - now.wall.time_since_epoch() % minutes{1});
  const auto wants = [&](base::SteadyTime at) { next = std::min(next, std::max(at, now.steady)); };
  if (const auto at = due(hall, session.journey, now)) wants(*at);
  if (const auto* countdown = session.overlay ? std::get_if<Countdown>(&*session.overlay) : nullptr) {
    wants(countdown->since + (floor<seconds>(now.steady - countdown->since) + seconds{1}));
  } else if ((has_visit(session) || session.overlay || session.language != Language::zh_CN) &&
             !clock_is_held(session)) {
    wants(session.last_touch + hall.idle_limit);
  }
  return next;
}

}  // namespace bangwu::session
