#include "screens/number_entry.h"
#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "session/form/view.h"

namespace bangwu::screens {
namespace {

using domain::FieldKind;

std::string place_of(const session::FieldView& view) {
  const auto number = std::to_string(view.number);
  const auto of = std::to_string(view.of);
  if (view.row) {
    const auto rows = tr_catalogue(view.rows_label);
    const auto row = std::to_string(*view.row + 1);
    return trf("{rows} · 第 {row} 条 · 第 {number} 项，共 {of} 项",
               {{"rows", rows}, {"row", row}, {"number", number}, {"of", of}});
  }
  return trf("申请表 · 第 {number} 项，共 {of} 项", {{"number", number}, {"of", of}});
}

std::string question_of(const session::FieldView& view) {
  const auto label = tr_catalogue(view.field.label);
  return view.field.required ? label : label + tr("（选填）");
}

std::string hint_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::telephone: return tr("手机号 11 位；座机请先输区号，如 051986310000");
    case FieldKind::date: return tr("依次输入年、月、日，共 8 位数字");
    case FieldKind::money: return tr("单位是元，最多两位小数");
    case FieldKind::resident_id: return tr("18 位，最后一位可能是 X");
    default: return {};
  }
}

NumberEntry number_for(const session::FieldView& view) {
  NumberEntry entry{.label = tr_catalogue(view.field.label),
                    .value = view.typed,
                    .hint = hint_of(view.field.kind),
                    .error = words_for(view.problem, view.field, view.typed),
                    .most_characters = 15};
  switch (view.field.kind) {
    case FieldKind::date: entry.format = NumberFormat::date, entry.most_characters = 8; break;
    case FieldKind::telephone: entry.format = NumberFormat::telephone, entry.most_characters = 12; break;
    case FieldKind::money: entry.format = NumberFormat::money, entry.extra_key = "."; break;
    case FieldKind::resident_id:
      entry.format = NumberFormat::id_number, entry.extra_key = "X", entry.most_characters = 18;
      break;
    default: break;
  }
  return entry;
}

void draw_choices(Scene& scene, const session::FieldView& view) {
  std::vector<domain::Choice> choices = view.field.choices;
  const bool yes_no = view.field.kind == FieldKind::yes_no;
  if (yes_no) choices = {{"yes", tr("是")}, {"no", tr("否")}};
  if (is_problem(view.problem)) remark(scene, Tone::error, words_for(view.problem, view.field, view.typed));
  if (!view.field.required) tip(scene, Icon::info, tr("这一项可以不选，直接点“下一步”。"));
  std::vector<Option> options;
  for (const auto& choice : choices) {
    options.push_back({"choice:" + choice.value,
                       yes_no ? choice.label : tr_catalogue(choice.label),
                       {},
                       Icon::none,
                       selected_if(view.typed == choice.value)});
  }
  pager(scene, view.screenful, view.screenfuls);
  if (const auto touched = choose(scene, options)) scene.say(session::ChoiceMade{choices[*touched].value});
}

bool is_text(FieldKind kind) { return kind == FieldKind::text || kind == FieldKind::address; }

void draw_text(Scene& scene, Rect keys, const session::FieldView& view) {
  const auto most =
      static_cast<std::size_t>(view.field.maximum.value_or(view.field.kind == FieldKind::address ? 120 : 60));
  say_text(scene, text_entry(scene, keys,
                             {.label = tr_catalogue(view.field.label),
                              .value = view.typed,
                              .placeholder = tr("用拼音输入，点选上方的汉字"),
                              .error = words_for(view.problem, view.field, view.typed),
                              .most_characters = most,
                              .rows = view.field.kind == FieldKind::address ? 3 : 1,
                              .done_label = tr("确定")}));
}

bool is_choice(FieldKind kind) { return kind == FieldKind::choice || kind == FieldKind::yes_no; }

void draw_question(Scene& scene, const session::FieldView& view) {
  ask_at(scene, place_of(view), question_of(view), tr_catalogue(view.field.hint));
}

}  // namespace

void draw_field_screen(Scene& scene, const session::FieldView& view) {
  if (is_choice(view.field.kind)) {
    question_beside(scene);
    draw_question(scene, view);
    return draw_choices(scene, view);
  }
  const bool text = is_text(view.field.kind);
  const Rect keys = key_bed(scene, text ? Keys::text : Keys::number);
  draw_question(scene, view);
  if (text) draw_text(scene, keys, view);
  else say_text(scene, number_entry(scene, keys, number_for(view)));
  if (session::may_be_printed_so(view.problem)) offer_printed_so(scene);
}

}  // namespace bangwu::screens
