#include "screens/problem_words.h"

#include "screens/dates.h"
#include "session/frame.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

using domain::AnswerProblem;
using domain::FieldKind;
using domain::NumberProblem;
using widgets::tr;
using widgets::trf;

std::string wrong_length(domain::IdKind kind, std::string_view typed) {
  const auto count = std::to_string(domain::length_of(typed));
  if (kind == domain::IdKind::foreign_permanent_resident) {
    return trf("这个号码应为 18 位（旧版为 15 位），现在是 {count} 位，还不能继续。请对照证件补全或删去多余的几位。",
               {{"count", count}});
  }
  return trf("这个号码应为 18 位，现在是 {count} 位，还不能继续。请对照证件补全或删去多余的几位。", {{"count", count}});
}

std::string wrong_characters(domain::IdKind kind) {
  switch (kind) {
    case domain::IdKind::uscc:
      return tr(
          "号码里有统一社会信用代码不使用的字符，还不能继续。代码由数字和大写字母组成，不用 "
          "I、O、S、V、Z，请对照营业执照检查。");
    case domain::IdKind::foreign_permanent_resident:
      return tr(
          "号码里有这种证件不使用的字符，还不能继续。新版证件为 18 位，旧版为 3 个字母加 12 位数字，请对照证件检查。");
    case domain::IdKind::resident_id:
    case domain::IdKind::hmt_residence_permit: break;
  }
  return tr("号码里有身份证件不使用的字符，还不能继续。前 17 位都是数字，只有最后一位可以是 X，请对照证件检查。");
}

std::string wrong_prefix(domain::IdKind kind) {
  if (kind == domain::IdKind::hmt_residence_permit) {
    return tr(
        "港澳台居民居住证的号码以 810000、820000 或 830000 "
        "开头，这个号码不是，还不能继续。请检查前六位，或换一种证件类型。");
  }
  if (kind == domain::IdKind::foreign_permanent_resident) {
    return tr("18 位的外国人永久居留身份证号码以 9 开头，这个号码不是，还不能继续。请检查第一位，或换一种证件类型。");
  }
  return tr("号码开头的几位与所选证件类型不符，还不能继续。请对照证件检查，或换一种证件类型。");
}

std::string limit_of(const domain::Field& field, std::int64_t limit) {
  if (field.kind != FieldKind::money) return std::to_string(limit);
  auto yuan = std::to_string(limit / 100);
  if (limit % 100 != 0) yuan += "." + std::to_string(limit % 100 / 10) + std::to_string(limit % 10);
  return money_words(yuan);
}

std::string missing(const domain::Field& field) {
  switch (field.kind) {
    case FieldKind::choice:
    case FieldKind::yes_no: return tr("这一项必须选择，还不能继续。请选择一个答案。");
    case FieldKind::rows: return tr("这一项至少要添加一条，还不能继续。请点“添加一条”。");
    default: return tr("这一项必须填写，还不能继续。请填写后再点“下一步”。");
  }
}

std::string too_short(const domain::Field& field) {
  const auto least = std::to_string(field.minimum.value_or(1));
  if (field.kind == FieldKind::rows) return trf("至少需要 {least} 条，现在还不够。请再添加。", {{"least", least}});
  return trf("至少需要 {least} 个字，现在还不够。请写得更完整些。", {{"least", least}});
}

std::string too_long(const domain::Field& field) {
  if (!field.maximum) return tr("内容太长，存不下。请写得简短些。");
  const auto most = std::to_string(*field.maximum);
  if (field.kind == FieldKind::rows) return trf("最多 {most} 条，现在多了。请移除一些。", {{"most", most}});
  return trf("最多 {most} 个字，现在多了。请写得简短些。", {{"most", most}});
}

std::string too_small(const domain::Field& field) {
  return trf("这里最小可填 {limit}，现在的数偏小，还不能继续。请检查是否少输了一位。",
             {{"limit", limit_of(field, field.minimum.value_or(0))}});
}

std::string too_large(const domain::Field& field) {
  if (!field.maximum) return tr("这个数太大，无法保存。请检查是否多输了一位。");
  return trf("这里最大可填 {limit}，现在的数偏大，还不能继续。请检查是否多输了一位。",
             {{"limit", limit_of(field, *field.maximum)}});
}

}  // namespace

std::string words_for(NumberProblem problem, domain::IdKind kind, std::string_view typed) {
  switch (problem) {
    case NumberProblem::none: return {};
    case NumberProblem::empty: return tr("还没有输入号码，还不能继续。请对照证件输入。");
    case NumberProblem::wrong_length: return wrong_length(kind, typed);
    case NumberProblem::wrong_characters: return wrong_characters(kind);
    case NumberProblem::wrong_prefix: return wrong_prefix(kind);
    case NumberProblem::impossible_date:
      return tr("号码第 7 至 14 位是出生日期，这个日期不存在，还不能继续。请对照证件检查这几位。");
    case NumberProblem::born_in_future:
      return tr("号码第 7 至 14 位是出生日期，这个日期还没有到，还不能继续。请对照证件检查这几位。");
    case NumberProblem::out_of_use:
      return tr("15 位的号码已经停用，还不能继续。现在的号码有 18 位，印在身份证有照片一面的最下方，请照着输入。");
    case NumberProblem::persons_number:
      return tr("这个号码像是个人的身份证号码，还不能继续。统一社会信用代码印在营业执照或登记证书上，请核对。");
    case NumberProblem::wrong_check:
      return tr("号码没有通过校验，还不能继续：可能有一位不同，或相邻两位前后颠倒。请对照证件逐位检查。");
  }
  return {};
}

std::string telephone_words_for(NumberProblem problem) {
  switch (problem) {
    case NumberProblem::none: return {};
    case NumberProblem::empty: return tr("还没有输入电话号码。请输入，或者留空返回。");
    default:
      return tr(
          "这个号码不像电话号码，这样我们会联系不到您。手机号为 11 位，座机请加区号，例如 0519-86310000。请检查。");
  }
}

std::string words_for(AnswerProblem problem, const domain::Field& field) {
  switch (problem) {
    case AnswerProblem::none: return {};
    case AnswerProblem::missing: return missing(field);
    case AnswerProblem::too_short: return too_short(field);
    case AnswerProblem::too_long: return too_long(field);
    case AnswerProblem::not_a_number: return tr("这里要填数字，现在的内容读不成数，还不能继续。请重新输入。");
    case AnswerProblem::too_small: return too_small(field);
    case AnswerProblem::too_large: return too_large(field);
    case AnswerProblem::not_a_date:
      return tr("日历上没有这一天，还不能继续。请按年、月、日输入 8 位数字，例如 20261123。");
    case AnswerProblem::in_future: return tr("这个日期还没有到，而这里要填已经过去的日期。请检查年份和月份。");
    case AnswerProblem::not_a_choice: return tr("选项有更新，原来的答案已不在其中。请重新选择。");
    case AnswerProblem::bad_telephone: return telephone_words_for(NumberProblem::wrong_length);
    case AnswerProblem::bad_id: return words_for(NumberProblem::wrong_check, domain::IdKind::resident_id, {});
    case AnswerProblem::has_control_characters: return tr("内容里有无法保存的特殊字符。请删去后重新输入。");
  }
  return {};
}

std::string words_for(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::none: return {};
    case AnswerProblem::missing: return tr("还没有填写，还不能继续。请填写后再点“下一步”。");
    case AnswerProblem::too_long: return tr("内容太长，存不下。请写得简短些。");
    case AnswerProblem::bad_telephone: return telephone_words_for(NumberProblem::wrong_length);
    default: return tr("这里需要文字，不能只有数字或特殊符号，还不能继续。请检查后重新填写。");
  }
}

bool is_problem(const session::InputProblem& problem) {
  if (const auto* number = std::get_if<NumberProblem>(&problem)) return *number != NumberProblem::none;
  if (const auto* answer = std::get_if<AnswerProblem>(&problem)) return *answer != AnswerProblem::none;
  return false;
}

std::string words_for(const session::InputProblem& problem, const domain::Field& field, std::string_view typed) {
  if (const auto* answer = std::get_if<AnswerProblem>(&problem)) return words_for(*answer, field);
  if (const auto* number = std::get_if<NumberProblem>(&problem)) {
    return field.kind == FieldKind::telephone ? telephone_words_for(*number)
                                              : words_for(*number, domain::IdKind::resident_id, typed);
  }
  return {};
}

}  // namespace bangwu::screens
