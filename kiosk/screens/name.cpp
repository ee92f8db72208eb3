#include "screens/document_sketch.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "screens/text_entry.h"
#include "session/frame.h"
#include "session/identity/view.h"

namespace bangwu::screens {
namespace {

std::string question_of(const session::NameView& view) {
  if (view.of_organisation) return tr("请输入单位名称");
  return view.who == session::Who::agent ? tr("请输入经办人的姓名") : tr("请输入申请人的姓名");
}

std::string problem_of(const session::InputProblem& problem) {
  if (const auto* answer = std::get_if<domain::AnswerProblem>(&problem)) return words_for(*answer);
  return {};
}

}  // namespace

void draw_name_screen(Scene& scene, const session::NameView& view) {
  const Rect keys = key_bed(scene, Keys::text);
  ask(scene, question_of(view),
      view.of_organisation ? tr("与营业执照或登记证书上的名称一致") : tr("与证件上的姓名一致"));
  say_text(scene, text_entry(scene, keys,
                             {.label = view.of_organisation ? tr("单位名称") : tr("姓名"),
                              .value = view.typed,
                              .placeholder = tr("用拼音输入，点选上方的汉字"),
                              .error = problem_of(view.problem),
                              .most_characters = 60,
                              .done_label = tr("确定")}));
  draw_sketch(scene, view.of_organisation ? Sketch::licence_name : Sketch::card_name);
}

}  // namespace bangwu::screens
