#include <algorithm>

#include "session/flow.h"

namespace bangwu::session {
namespace {

std::string& text_of(RatingDraft& rating, RatingText text) {
  switch (text) {
    case RatingText::words: return rating.words;
    case RatingText::name: return rating.name;
    case RatingText::telephone: return rating.telephone;
  }
  return rating.words;
}

domain::AnswerProblem check_text(RatingText text, const std::string& typed, std::string& kept) {
  domain::Field field;
  field.required = false;
  field.kind = text == RatingText::telephone ? domain::FieldKind::telephone : domain::FieldKind::text;
  field.maximum = text == RatingText::name ? 60 : 300;
  auto checked = domain::check_answer(field, typed, {});
  kept = std::move(checked.value);
  return checked.problem;
}

bool confirm_text(Change& change, AtRateText& at) {
  std::string kept;
  const auto problem = check_text(at.text, at.typed, kept);
  if (problem != domain::AnswerProblem::none) {
    at.problem = problem;
    return true;
  }
  text_of(change.session.visit->rating, at.text) = std::move(kept);
  change.back();
  return true;
}

}  // namespace

// One visit, one rating (domain.md rule 8): it is stored once, when its page is left.
void send_rating(Change& change) {
  auto& visit = *change.session.visit;
  if (!visit.rating.level || visit.rating.sent) return;
  domain::Rating rating{*visit.rating.level, visit.rating.reasons,   visit.rating.words,
                        visit.rating.name,   visit.rating.telephone, {}};
  std::string depends_on;
  if (visit.submitted) {
    rating.procedure = visit.submitted->procedure.code;
    depends_on = visit.submitted->envelope;
  }
  visit.rating.sent = true;
  change.order(StoreRating{std::move(rating), std::move(depends_on)});
  visit.trail.clear();
  change.replace(AtThanks{change.now.steady});
}

bool went_on_rating(Change& change) {
  if (change.at<AtThanks>()) return send_rating(change), true;
  if (change.at<AtRateDetails>()) return send_rating(change), true;
  if (auto* text = change.at<AtRateText>()) return confirm_text(change, *text);
  return false;
}

void on(Change& change, const RateAsked&) {
  if (change.at<AtResult>() && !change.session.visit->rating.sent) change.go(AtRate{});
}

void on(Change& change, const LevelChosen& message) {
  if (!change.at<AtRate>() || domain::instrument_of(message.level) != change.hall.instrument) return;
  auto& rating = change.session.visit->rating;
  if (rating.level != message.level) rating.reasons.clear();
  rating.level = message.level;
  change.go(AtRateDetails{});
}

void on(Change& change, const ReasonToggled& message) {
  if (!change.at<AtRateDetails>()) return;
  auto& rating = change.session.visit->rating;
  const auto& offered = domain::rating_reasons(*rating.level);
  if (std::none_of(offered.begin(), offered.end(), [&](const auto& reason) { return reason.code == message.code; }))
    return;
  const auto chosen = std::find(rating.reasons.begin(), rating.reasons.end(), message.code);
  if (chosen == rating.reasons.end()) rating.reasons.push_back(message.code);
  else rating.reasons.erase(chosen);
}

void on(Change& change, const RatingTextOpened& message) {
  if (!change.at<AtRateDetails>()) return;
  change.go(AtRateText{message.text, text_of(change.session.visit->rating, message.text), {}});
}

// The thank-you page does not wait for it; until then it says that the rating is being saved, and keeps it.
void on(Change& change, const RatingStored&) {
  if (change.session.visit) {
    change.session.visit->rating = {};
    change.session.visit->rating.sent = true;
  }
  if (auto* thanks = change.at<AtThanks>()) thanks->rating = ThanksView::Rating::stored;
}

}  // namespace bangwu::session
