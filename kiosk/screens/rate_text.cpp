#include "screens/number_entry.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "session/frame.h"
#include "session/rate/view.h"

namespace bangwu::screens {
namespace {

std::string problem_of(const session::InputProblem& problem) {
  if (const auto* answer = std::get_if<domain::AnswerProblem>(&problem)) return words_for(*answer);
  if (const auto* number = std::get_if<domain::NumberProblem>(&problem)) return telephone_words_for(*number);
  return {};
}

void draw_words(Scene& scene, const session::RateTextView& view) {
  const Rect keys = key_bed(scene, Keys::text);
  ask(scene, tr("您的意见和建议（选填）"), tr("请不要写身份证号码等个人信息"));
  say_text(scene, text_entry(scene, keys,
                             {.label = tr("意见和建议"),
                              .value = view.typed,
                              .placeholder = tr("用拼音输入，点选上方的汉字"),
                              .error = problem_of(view.problem),
                              .most_characters = 300,
                              .rows = 4,
                              .done_label = tr("确定")}));
}

void draw_name(Scene& scene, const session::RateTextView& view) {
  const Rect keys = key_bed(scene, Keys::text);
  ask(scene, tr("评价人姓名（选填）"), tr("不填就是匿名评价"));
  say_text(scene, text_entry(scene, keys,
                             {.label = tr("评价人姓名"),
                              .value = view.typed,
                              .placeholder = tr("用拼音输入，点选上方的汉字"),
                              .error = problem_of(view.problem),
                              .most_characters = 60,
                              .done_label = tr("确定")}));
}

void draw_telephone(Scene& scene, const session::RateTextView& view) {
  const Rect keys = key_bed(scene, Keys::number);
  ask(scene, tr("联系电话（选填）"), tr("只用于就这次评价回访您"));
  say_text(scene, number_entry(scene, keys,
                               {.label = tr("联系电话"),
                                .value = view.typed,
                                .format = NumberFormat::telephone,
                                .hint = tr("手机号 11 位；座机请先输区号，如 051986310000"),
                                .error = problem_of(view.problem),
                                .most_characters = 12}));
}

}  // namespace

void draw_rate_text_screen(Scene& scene, const session::RateTextView& view) {
  switch (view.text) {
    case session::RatingText::words: return draw_words(scene, view);
    case session::RatingText::name: return draw_name(scene, view);
    case session::RatingText::telephone: return draw_telephone(scene, view);
  }
}

}  // namespace bangwu::screens
