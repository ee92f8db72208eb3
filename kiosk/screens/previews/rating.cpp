#include "screens/previews/sample.h"

namespace bangwu::screens {

void add_rating(std::vector<Preview>& all) {
  using domain::NationalLevel;
  using domain::ReviewLevel;
  using session::RatingText;
  using Rating = session::ThanksView::Rating;
  const auto open = frame(0, std::nullopt);
  all.push_back(preview("rate.national", open, session::RateView{domain::Instrument::national, std::nullopt}));
  all.push_back(preview("rate.review", open, session::RateView{domain::Instrument::review, std::nullopt}));
  all.push_back(
      preview("rate.again", open, session::RateView{domain::Instrument::national, NationalLevel::basically_satisfied}));
  const auto send = frame(0, session::NextLabel::send);
  all.push_back(
      preview("rate_details.untouched", send, session::RateDetailsView{ReviewLevel::very_satisfied, {}, {}, {}, {}}));
  all.push_back(
      preview("rate_details.filled", send,
              session::RateDetailsView{
                  NationalLevel::very_dissatisfied,
                  {"guidance_unclear", "time_long"},
                  "等了一个多小时才有人来，讲得也不清楚，希望多安排一位帮办人员，并把需要的材料提前写在屏幕上。",
                  "王芳",
                  "13861000000"}));
  const auto confirm = frame(0, session::NextLabel::confirm);
  all.push_back(
      preview("rate_text.words", confirm, session::RateTextView{RatingText::words, "讲得很清楚，谢谢。", {}}));
  all.push_back(preview("rate_text.name", confirm, session::RateTextView{RatingText::name, "", {}}));
  all.push_back(preview("rate_text.telephone", confirm,
                        session::RateTextView{RatingText::telephone, "0519863", domain::AnswerProblem::bad_telephone}));
  const session::FrameView end{.next = session::NextLabel::finish};
  const session::FrameView waiting{.next = session::NextLabel::finish, .next_enabled = false};
  const auto thanks = [](Rating rating, int seconds) {
    return session::ThanksView{.rating = rating, .seconds_left = seconds};
  };
  const auto after_application = [](Rating rating, int seconds) {
    return session::ThanksView{.rating = rating, .after_application = true, .seconds_left = seconds};
  };
  all.push_back(preview("thanks.rating", end, thanks(Rating::stored, 8)));
  all.push_back(preview("thanks.application", end, after_application(Rating::stored, 3)));
  all.push_back(preview("thanks.stuck", end, after_application(Rating::stuck, 5)));
  all.push_back(preview("thanks.saving", waiting, thanks(Rating::saving, 8)));
  const session::FrameView again{.home = true, .next = session::NextLabel::send};
  all.push_back(preview("thanks.not_stored", again, after_application(Rating::not_stored, 7)));
}

}  // namespace bangwu::screens
