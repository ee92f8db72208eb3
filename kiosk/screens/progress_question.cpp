#include "screens/page_parts.h"
#include "screens/progress_words.h"
#include "screens/text_entry.h"

namespace bangwu::screens {
namespace {

using session::ProgressInputProblem;

constexpr std::size_t kMostTyped = 64;  // as much as a receipt's code that a scanner types

std::string problem_of(const session::ProgressNumberView& view) {
  switch (view.problem) {
    case ProgressInputProblem::none:
    case ProgressInputProblem::not_theirs: return {};
    case ProgressInputProblem::missing: return tr("请先输入编号");
    case ProgressInputProblem::incomplete: return tr("编号不完整，或者有输错的地方，请对照回执核对");
  }
  return {};
}

std::string problem_of(const session::ProgressProofView& view) {
  switch (view.problem) {
    case ProgressInputProblem::none: return {};
    case ProgressInputProblem::missing: return tr("请先输入查询码");
    case ProgressInputProblem::incomplete: return tr("查询码一共 6 位，请输完");
    case ProgressInputProblem::not_theirs: return tr("编号或查询码不对，请逐位核对。编号可以点“上一步”修改。");
  }
  return {};
}

}  // namespace

void draw_progress_number_screen(Scene& scene, const session::ProgressNumberView& view) {
  const Rect keys = key_bed(scene, Keys::text);
  ask(scene, tr("请输入办件编号"), tr("编号在回执上。“临”字不用输入，横线和空格也不用。"));
  say_text(scene, text_entry(scene, keys,
                             {.label = tr("办件编号"),
                              .value = view.typed,
                              .hint = tr("例如 WJ20261123000001，或 7K3Q9X2M4TRD8WH"),
                              .error = problem_of(view),
                              .most_characters = kMostTyped,
                              .first = FirstLayout::capitals,
                              .done_label = tr("确定")}));
  tip(scene, Icon::qr, tr("有扫码枪的机器，直接扫回执上的二维码就可以。"));
}

void draw_progress_proof_screen(Scene& scene, const session::ProgressProofView& view) {
  const Rect keys = key_bed(scene, Keys::text);
  ask_at(scene, view.number, tr("请输入查询码"), tr("回执上的 6 位查询码，或者申请人身份证件号码的后 6 位"));
  say_text(scene, text_entry(scene, keys,
                             {.label = tr("查询码"),
                              .value = view.typed,
                              .hint = tr("单位办件：用查询码，或者经办人身份证件号码的后 6 位"),
                              .error = problem_of(view),
                              .most_characters = 6,
                              .first = FirstLayout::capitals,
                              .done_label = tr("查询")}));
  tip(scene, Icon::shield, tr("只有知道编号和查询码的人才能看到办件进度。"));
}

}  // namespace bangwu::screens
