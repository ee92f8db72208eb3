#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "session/context.h"
#include "session/storing/storing.h"
#include "session/trail.h"

/// The journey of rating, by itself from the start screen or as the end of another: level, then what may be added, then
/// thanks once it is stored. One visit, one rating (domain.md rule 8): it is stored once, when its page is left.
namespace bangwu::session::rate {

struct AtLevel {};
struct AtDetails {};
struct AtText {
  RatingText text = RatingText::words;
  std::string typed;
  InputProblem problem;
};
struct AtThanks {
  base::SteadyTime since;
  ThanksView::Rating rating = ThanksView::Rating::saving;
  std::string envelope{};  ///< once it is stored
};
using Step = std::variant<AtLevel, AtDetails, AtText, AtThanks>;
[[nodiscard]] bool is_same_question(const Step& a, const Step& b);
void take_typed(Step& next, Step& left);

struct Draft {
  std::optional<domain::RatingLevel> level;
  std::vector<std::string> reasons;
  std::string words, name, telephone;
};
/// Whether an envelope leaves this machine by itself, as far as is known.
enum class Leaving { by_itself, by_staff };
/// What is rated, if the rating ends another journey: that envelope arrives first.
struct Subject {
  std::string procedure, envelope;
  Leaving leaving = Leaving::by_itself;
};

struct Visit {
  std::optional<Subject> subject{};
  Draft draft{};
  Trail<Step> trail{AtLevel{}};
  storing::State storing{};
};

/// Done: the thank-you page is over and the person's time at the machine with it.
using Rated = Outcome<Nothing>;
[[nodiscard]] Rated update(Context& context, Visit& visit, const Gesture& gesture);
[[nodiscard]] Rated update(Context& context, Visit& visit, const Message& message);
[[nodiscard]] Rated update(Context& context, Visit& visit, const Finished&);
[[nodiscard]] Rated update(Context& context, Visit& visit, const storing::Answer& answer);
[[nodiscard]] Rated update(Context& context, Visit& visit, const storing::Delivery& delivery);
[[nodiscard]] Rated update(Context& context, Visit& visit, const Ticked&);
/// An untouched comment page sends what was chosen; nothing is asked for that. False: there is nothing to send.
[[nodiscard]] bool send_untouched(Context& context, Visit& visit);

[[nodiscard]] bool is_over(const Visit& visit);      ///< on the thank-you page: 回首页 asks nothing
[[nodiscard]] bool holds_clock(const Visit& visit);  ///< it is being stored
[[nodiscard]] std::optional<base::SteadyTime> due(const Hall& hall, const Visit& visit, Now now);
[[nodiscard]] Seen see(const Looking& look, const Visit& visit);

}  // namespace bangwu::session::rate
