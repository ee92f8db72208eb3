#include <algorithm>

#include "session/flow.h"

namespace bangwu::session {

// Scanning, printing and sending hold the clock.
bool clock_is_held(const Session& session) {
  if (std::holds_alternative<AtCapturing>(session.step) || std::holds_alternative<AtSending>(session.step)) return true;
  const auto* sign = std::get_if<AtSign>(&session.step);
  return sign && sign->storing;
}

namespace {

// With thanks, that is: a rating that could not be stored waits for its visitor.
bool leaves_by_itself(const AtThanks* thanks) { return thanks && thanks->rating != ThanksView::Rating::not_stored; }

bool is_rating_page(const Session& session) {
  const bool page =
      std::holds_alternative<AtRateDetails>(session.step) || std::holds_alternative<AtRateText>(session.step);
  return page && session.visit && session.visit->rating.level;
}

void tick_visit(Change& change) {
  auto& session = change.session;
  const auto now = change.now.steady;
  if (const auto* countdown = session.overlay ? std::get_if<Countdown>(&*session.overlay) : nullptr) {
    if (now - countdown->since >= change.hall.countdown) change.end_visit();
    return;
  }
  if (clock_is_held(session) || now - session.last_touch < change.hall.idle_limit) return;
  // An untouched comment page sends what was chosen; nothing is asked for that.
  if (is_rating_page(session)) return send_rating(change);
  session.overlay = Countdown{now};
}

}  // namespace

void on_tick(Change& change) {
  auto& session = change.session;
  if (!session.visit) {
    // Help or languages left open on the start screen, or a language chosen there, is for the next person to undo.
    const bool untouched = change.now.steady - session.last_touch >= change.hall.idle_limit;
    if (untouched) {
      session.overlay.reset();
      session.language = Language::zh_CN;
    }
    return;
  }
  if (const auto* sending = change.at<AtSending>();
      sending && change.now.steady - sending->since >= change.hall.answer_wait) {
    session.last_touch = change.now.steady;
    return change.replace(AtResult{});
  }
  if (const auto* thanks = change.at<AtThanks>();
      leaves_by_itself(thanks) && change.now.steady - thanks->since >= change.hall.thanks_time) {
    return change.end_visit();
  }
  tick_visit(change);
}

void on(Change& change, const Ticked&) { on_tick(change); }

std::optional<base::SteadyTime> next_tick(const Hall& hall, const Session& session, Now now) {
  using namespace std::chrono;
  // The clock on the frame shows minutes.
  auto next = now.steady + (milliseconds{minutes{1}} - now.wall.time_since_epoch() % minutes{1});
  const auto wants = [&](base::SteadyTime at) { next = std::min(next, std::max(at, now.steady)); };
  const auto next_second_since = [&](base::SteadyTime since) {
    return since + (floor<seconds>(now.steady - since) + seconds{1});
  };
  if (const auto* sending = std::get_if<AtSending>(&session.step)) wants(sending->since + hall.answer_wait);
  if (const auto* thanks = std::get_if<AtThanks>(&session.step); leaves_by_itself(thanks))
    wants(next_second_since(thanks->since));
  if (const auto* countdown = session.overlay ? std::get_if<Countdown>(&*session.overlay) : nullptr) {
    wants(next_second_since(countdown->since));
  } else if ((session.visit || session.overlay || session.language != Language::zh_CN) && !clock_is_held(session)) {
    wants(session.last_touch + hall.idle_limit);
  }
  return next;
}

}  // namespace bangwu::session
