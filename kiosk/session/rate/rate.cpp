#include "session/rate/rate.h"

#include <algorithm>

namespace bangwu::session::rate {
namespace {

struct Work {
  Context& context;
  Visit& visit;
  template <class S>
  [[nodiscard]] S* at() const {
    return std::get_if<S>(&visit.trail.step);
  }
};

std::string& text_of(Draft& draft, RatingText text) {
  switch (text) {
    case RatingText::words: return draft.words;
    case RatingText::name: return draft.name;
    case RatingText::telephone: return draft.telephone;
  }
  return draft.words;
}

domain::CheckedAnswer check_text(const Context& context, RatingText text, const std::string& typed) {
  domain::Field field;
  field.required = false;
  field.kind = text == RatingText::telephone ? domain::FieldKind::telephone : domain::FieldKind::text;
  field.maximum = text == RatingText::name ? 60 : 300;
  return domain::check_answer(field, typed, context.today());
}

// Also when it is sent again: what was typed stays until it is stored.
void send(const Work& work) {
  auto& [subject, draft, trail, storing] = work.visit;
  if (!draft.level || storing::is_waiting(storing)) return;
  domain::Rating rating{*draft.level, draft.reasons, draft.words, draft.name, draft.telephone, {}};
  if (subject) rating.procedure = subject->procedure;
  storing::begin(work.context, storing, std::move(rating), {}, subject ? subject->envelope : std::string{});
  trail = {AtThanks{work.context.now.steady}};
}

void confirm_text(const Work& work, AtText& at) {
  auto checked = check_text(work.context, at.text, at.typed);
  if (checked.problem != domain::AnswerProblem::none) {
    at.problem = checked.problem;
    return;
  }
  text_of(work.visit.draft, at.text) = std::move(checked.value);
  static_cast<void>(work.visit.trail.return_to<AtDetails>());
}

Rated on(const Work& work, const WentBack&) {
  if (work.at<AtThanks>()) return Stay{};
  return work.visit.trail.back() ? Rated{Stay{}} : Rated{Back{}};
}
Rated on(const Work& work, const WentOn&) {
  if (auto* text = work.at<AtText>()) confirm_text(work, *text);
  else if (work.at<AtDetails>()) send(work);
  else if (const auto* thanks = work.at<AtThanks>(); thanks && thanks->rating == ThanksView::Rating::not_stored)
    send(work);
  return Stay{};
}
Rated on(const Work& work, const TextChanged& message) {
  auto* at = work.at<AtText>();
  if (!at || domain::length_of(message.text) > kMostTyped) return Stay{};
  at->typed = message.text;
  at->problem = {};
  return Stay{};
}
Rated on(const Work&, const ChoiceMade&) { return Stay{}; }
Rated on(const Work&, const ListTurned&) { return Stay{}; }
Rated on(const Work&, const PrintedSoConfirmed&) { return Stay{}; }

Rated on(const Work& work, const LevelChosen& message) {
  if (!work.at<AtLevel>() || domain::instrument_of(message.level) != work.context.hall.instrument) return Stay{};
  auto& draft = work.visit.draft;
  if (draft.level != message.level) draft.reasons.clear();
  draft.level = message.level;
  work.visit.trail.go(AtDetails{});
  return Stay{};
}
Rated on(const Work& work, const ReasonToggled& message) {
  if (!work.at<AtDetails>()) return Stay{};
  auto& draft = work.visit.draft;
  const auto& offered = domain::rating_reasons(*draft.level);
  if (std::none_of(offered.begin(), offered.end(), [&](const auto& reason) { return reason.code == message.code; }))
    return Stay{};
  const auto chosen = std::find(draft.reasons.begin(), draft.reasons.end(), message.code);
  if (chosen == draft.reasons.end()) draft.reasons.push_back(message.code);
  else draft.reasons.erase(chosen);
  return Stay{};
}
Rated on(const Work& work, const RatingTextOpened& message) {
  if (work.at<AtDetails>()) work.visit.trail.go(AtText{message.text, text_of(work.visit.draft, message.text), {}});
  return Stay{};
}

}  // namespace

bool is_same_question(const Step& a, const Step& b) {
  const auto* text = std::get_if<AtText>(&a);
  const auto* other = std::get_if<AtText>(&b);
  return text && other && text->text == other->text;
}

void take_typed(Step& next, Step& left) { next = std::move(left); }

Rated update(Context& context, Visit& visit, const Gesture& gesture) {
  return std::visit([&](const auto& fact) { return on(Work{context, visit}, fact); }, gesture);
}
Rated update(Context& context, Visit& visit, const Message& message) {
  return std::visit([&](const auto& fact) { return on(Work{context, visit}, fact); }, message);
}
Rated update(Context&, Visit& visit, const Finished&) {
  // While it is being saved nobody leaves untold; that has an end.
  return is_over(visit) && !storing::is_waiting(visit.storing) ? Rated{Done<Nothing>{}} : Rated{Stay{}};
}

Rated update(Context& context, Visit& visit, const storing::Answer& answer) {
  const auto stored = storing::update(visit.storing, answer);
  auto* thanks = std::get_if<AtThanks>(&visit.trail.step);
  if (!thanks) return Stay{};
  if (stored) {
    visit.draft = {};
    const bool waits_for_staff = visit.subject && visit.subject->leaving == Leaving::by_staff;
    // Whoever waited for it is thanked as long as whoever did not.
    *thanks = {.since = context.now.steady,
               .rating = waits_for_staff ? ThanksView::Rating::stuck : ThanksView::Rating::stored,
               .envelope = stored->envelope};
    for (const auto& delivery : stored->early) static_cast<void>(update(context, visit, delivery));
  } else if (storing::problem_of(visit.storing)) {
    thanks->rating = ThanksView::Rating::not_stored;
  }
  return Stay{};
}

Rated update(Context&, Visit& visit, const storing::Delivery& delivery) {
  storing::update(visit.storing, delivery);
  const auto* stuck = std::get_if<DeliveryStuck>(&delivery);
  if (!stuck) return Stay{};
  // What it belongs to arrives first, or never.
  if (visit.subject && visit.subject->envelope == stuck->envelope) visit.subject->leaving = Leaving::by_staff;
  auto* thanks = std::get_if<AtThanks>(&visit.trail.step);
  if (!thanks || thanks->rating != ThanksView::Rating::stored) return Stay{};
  const bool is_of_subject = visit.subject && visit.subject->leaving == Leaving::by_staff;
  if (is_of_subject || thanks->envelope == stuck->envelope) thanks->rating = ThanksView::Rating::stuck;
  return Stay{};
}

Rated update(Context& context, Visit& visit, const Ticked&) {
  auto* thanks = std::get_if<AtThanks>(&visit.trail.step);
  if (!thanks) return Stay{};
  if (storing::tick(context, visit.storing)) thanks->rating = ThanksView::Rating::not_stored;
  const bool is_thanked = thanks->rating == ThanksView::Rating::stored || thanks->rating == ThanksView::Rating::stuck;
  const bool is_time = context.now.steady - thanks->since >= context.hall.thanks_time;
  return is_thanked && is_time ? Rated{Done<Nothing>{}} : Rated{Stay{}};
}

bool send_untouched(Context& context, Visit& visit) {
  const Work work{context, visit};
  if (!visit.draft.level || (!work.at<AtDetails>() && !work.at<AtText>())) return false;
  send(work);
  return true;
}

bool is_over(const Visit& visit) { return std::holds_alternative<AtThanks>(visit.trail.step); }
bool holds_clock(const Visit& visit) { return storing::is_waiting(visit.storing); }

std::optional<base::SteadyTime> due(const Hall& hall, const Visit& visit, Now now) {
  const auto* thanks = std::get_if<AtThanks>(&visit.trail.step);
  if (!thanks || thanks->rating == ThanksView::Rating::not_stored) return std::nullopt;
  const auto second =
      thanks->since + (std::chrono::floor<std::chrono::seconds>(now.steady - thanks->since) + std::chrono::seconds{1});
  const auto end = storing::due(hall, visit.storing);
  return end ? std::min(second, *end) : second;
}

namespace {

struct Show {
  const Looking& look;
  const Visit& visit;
  Seen operator()(const AtLevel&) const { return {page_frame({}), RateView{look.hall.instrument, visit.draft.level}}; }
  Seen operator()(const AtDetails&) const {
    const auto& draft = visit.draft;
    return {page_frame(NextLabel::send),
            RateDetailsView{*draft.level, draft.reasons, draft.words, draft.name, draft.telephone}};
  }
  Seen operator()(const AtText& at) const {
    return {page_frame(NextLabel::confirm), RateTextView{at.text, at.typed, at.problem}};
  }
  Seen operator()(const AtThanks& at) const {
    const auto gone = std::chrono::duration_cast<std::chrono::seconds>(look.now.steady - at.since);
    const auto left = std::max(std::chrono::seconds{0}, look.hall.thanks_time - gone);
    const ThanksView view{.rating = at.rating,
                          .after_application = visit.subject.has_value(),
                          .seconds_left = static_cast<int>(left.count())};
    if (at.rating == ThanksView::Rating::not_stored) return {{.home = true, .next = NextLabel::send}, view};
    return {{.next = NextLabel::finish, .next_enabled = at.rating != ThanksView::Rating::saving}, view};
  }
};

}  // namespace

Seen see(const Looking& look, const Visit& visit) {
  return std::visit([&](const auto& at) { return Show{look, visit}(at); }, visit.trail.step);
}

}  // namespace bangwu::session::rate
