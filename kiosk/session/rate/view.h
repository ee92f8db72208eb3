#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/rating.h"
#include "session/frame.h"
#include "session/rate/messages.h"

namespace bangwu::session {

struct RateView {
  domain::Instrument instrument = domain::Instrument::national;
  std::optional<domain::RatingLevel> chosen;
};
struct RateDetailsView {
  domain::RatingLevel level;
  std::vector<std::string> reasons;  ///< chosen codes
  std::string words, name, telephone;
};
struct RateTextView {
  RatingText text = RatingText::words;
  std::string typed;
  InputProblem problem;
};
/// Honest states: `stored` is known only once the machine has made the rating durable; `stuck` is, and will not leave
/// by itself.
struct ThanksView {
  enum class Rating { saving, stored, stuck, not_stored } rating = Rating::saving;
  bool after_application = false;
  int seconds_left = 0;
};

}  // namespace bangwu::session
