#include "screens/document_sketch.h"
#include "screens/names.h"
#include "screens/number_entry.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "session/identity/view.h"

namespace bangwu::screens {
namespace {

std::string question_of(const session::IdNumberView& view) {
  if (view.kind == domain::IdKind::uscc) return tr("请输入统一社会信用代码");
  return view.who == session::Who::agent ? tr("请输入经办人的证件号码") : tr("请输入申请人的证件号码");
}

void draw_kinds(Scene& scene, const session::IdNumberView& view) {
  if (view.offered.size() < 2) return;
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto count = static_cast<float>(view.offered.size());
  std::vector<float> widths;
  float needed = theme.gap * (count - 1);
  for (const auto kind : view.offered) {
    widths.push_back(chip_width(ui, words_for(kind)));
    needed += widths.back();
  }
  const bool in_a_row = needed <= scene.body.w;
  const float height = std::max(theme.target, ui.px(15_mm));
  const float rows = in_a_row ? 1 : count;
  Rect row = scene.body.take_top(height * rows + theme.gap * (rows - 1), theme.space);
  for (std::size_t i = 0; i < view.offered.size(); ++i) {
    const auto kind = view.offered[i];
    // What is left of the row is shared out.
    const Rect cell = in_a_row ? row.take_left(widths[i] + std::floor((scene.body.w - needed) / count), theme.gap)
                               : row.take_top(height, theme.gap);
    const auto id = std::string{"idkind:"} + domain::name_of(kind);
    if (chip_button(ui, id, cell, words_for(kind), selected_if(kind == view.kind)))
      scene.say(session::IdKindChosen{kind});
  }
}

std::string hint_of(domain::IdKind kind) {
  switch (kind) {
    case domain::IdKind::resident_id: return tr("18 位，最后一位可能是 X，在证件人像面的下方");
    case domain::IdKind::foreign_permanent_resident: return tr("新版 18 位数字；旧版 3 个字母加 12 位数字");
    case domain::IdKind::hmt_residence_permit: return tr("18 位，以 810000、820000 或 830000 开头");
    case domain::IdKind::uscc: return tr("18 位数字和大写字母，在营业执照或登记证书上方");
  }
  return {};
}

bool has_letters(domain::IdKind kind) {
  return kind == domain::IdKind::uscc || kind == domain::IdKind::foreign_permanent_resident;
}

widgets::Grouping grouping_of(const session::IdNumberView& view) {
  if (view.kind == domain::IdKind::uscc) return widgets::Grouping::credit_code;
  // The older foreign card begins with letters and is not grouped.
  const bool digits = !view.typed.empty() && view.typed.front() >= '0' && view.typed.front() <= '9';
  return digits ? widgets::Grouping::id_number : widgets::Grouping::none;
}

std::string problem_of(const session::IdNumberView& view) {
  if (const auto* number = std::get_if<domain::NumberProblem>(&view.problem))
    return words_for(*number, view.kind, view.typed);
  if (const auto* answer = std::get_if<domain::AnswerProblem>(&view.problem)) return words_for(*answer);
  return {};
}

// The keyboard for numbers that may have letters, the pad for the others.
void draw_entry(Scene& scene, Rect keys, const session::IdNumberView& view, const std::string& warning) {
  if (!has_letters(view.kind)) {
    return say_text(scene, number_entry(scene, keys,
                                        {.label = words_for(view.kind),
                                         .value = view.typed,
                                         .format = NumberFormat::id_number,
                                         .hint = hint_of(view.kind),
                                         .warning = warning,
                                         .error = problem_of(view),
                                         .extra_key = "X",
                                         .most_characters = domain::longest(view.kind)}));
  }
  say_text(scene, text_entry(scene, keys,
                             {.label = words_for(view.kind),
                              .value = view.typed,
                              .hint = hint_of(view.kind),
                              .warning = warning,
                              .error = problem_of(view),
                              .most_characters = domain::longest(view.kind),
                              .grouping = grouping_of(view),
                              .first = FirstLayout::capitals,
                              .done_label = tr("确定")}));
}

}  // namespace

void draw_id_number_screen(Scene& scene, const session::IdNumberView& view) {
  const bool credit = view.kind == domain::IdKind::uscc;
  const Rect keys = key_bed(scene, has_letters(view.kind) ? Keys::text : Keys::number);
  ask(scene, question_of(view), credit ? tr("请对照营业执照或登记证书输入") : tr("请对照证件输入，或请帮办人员协助"));
  draw_kinds(scene, view);
  const auto warning = view.doubtful
                           ? tr("代码里的组织机构代码部分与校验规则不一致。少数老代码会这样，核对无误就可以继续。")
                           : std::string{};
  draw_entry(scene, keys, view, warning);
  if (session::may_be_printed_so(view.problem)) offer_printed_so(scene);
  else if (view.kind != domain::IdKind::foreign_permanent_resident)
    draw_sketch(scene, credit ? Sketch::licence_code : Sketch::card_number);
}

}  // namespace bangwu::screens
