#include "commands/words.h"

#include <algorithm>

namespace bangwu::commands {

using domain::AnswerProblem;
using domain::ApplicantKind;
using domain::IdKind;
using domain::cases::NoteTopic;
using domain::cases::State;

const char* words_of(State state) {
  switch (state) {
    case State::accepted: return "已受理";
    case State::in_review: return "已收到，窗口审核中";
    case State::correction_needed: return "待补正";
    case State::not_accepted: return "不予受理";
  }
  return "";
}

const char* words_of(NoteTopic topic) {
  switch (topic) {
    case NoteTopic::unknown_procedure: return "事项编码不在目录中，请窗口审核并更新目录";
    case NoteTopic::changed_form: return "申请时的表单与现行表单不同，请窗口审核填写内容和材料";
    case NoteTopic::doubtful_hand_in: return "自助机记录的提交时间不可信，时限从送达起算";
  }
  return "";
}

const char* words_of(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::none: return "";
    case AnswerProblem::missing: return "缺少";
    case AnswerProblem::too_short: return "不够";
    case AnswerProblem::too_long: return "过长";
    case AnswerProblem::not_a_number: return "不是数字";
    case AnswerProblem::too_small: return "过小";
    case AnswerProblem::too_large: return "过大";
    case AnswerProblem::not_a_date: return "不是日期";
    case AnswerProblem::in_future: return "日期在将来";
    case AnswerProblem::not_a_choice: return "不是选项之一";
    case AnswerProblem::bad_telephone: return "电话号码有误";
    case AnswerProblem::bad_id: return "证件号码有误";
    case AnswerProblem::has_control_characters: return "含有不能保存的字符";
  }
  return "";
}

const char* words_of(IdKind kind) {
  switch (kind) {
    case IdKind::resident_id: return "居民身份证";
    case IdKind::foreign_permanent_resident: return "外国人永久居留身份证";
    case IdKind::hmt_residence_permit: return "港澳台居民居住证";
    case IdKind::uscc: return "统一社会信用代码";
  }
  return "";
}

const char* words_of(ApplicantKind kind) {
  switch (kind) {
    case ApplicantKind::natural_person: return "个人";
    case ApplicantKind::legal_person: return "企事业单位";
    case ApplicantKind::other_organisation: return "社会团体及其他组织";
  }
  return "";
}

const char* words_of(domain::Instrument instrument) {
  return instrument == domain::Instrument::review ? "帮办代办评价" : "好差评";
}

std::string words_of_part(const std::string& part) {
  if (part == "applicant") return "申请人";
  if (part == "agent") return "经办人";
  if (part == "declaration") return "声明";
  if (part == "signature") return "签名";
  return part;
}

std::string words_of_reasons(const domain::Rating& rating) {
  const auto& known = domain::rating_reasons(rating.level);
  std::string words;
  for (const auto& code : rating.reasons) {
    const auto reason = std::ranges::find(known, code, &domain::RatingReason::code);
    words += (words.empty() ? "" : "、") + (reason == known.end() ? code : reason->label);
  }
  return words;
}

}  // namespace bangwu::commands
