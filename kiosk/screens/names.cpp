#include "screens/names.h"

#include <type_traits>

#include "widgets/words.h"

namespace bangwu::screens {

using widgets::Icon;
using widgets::tr;
using widgets::tr_catalogue;
using widgets::tr_noop;

std::string words_for(domain::Domain domain) { return tr_catalogue(domain::chinese_name_of(domain)); }

// Words that are stored elsewhere and translated here are marked for the translators: rooms domain and session.
[[maybe_unused]] constexpr const char* kLevelNames[] = {tr_noop("很满意"),   tr_noop("较满意"),    tr_noop("一般"),
                                                        tr_noop("不满意"),   tr_noop("非常满意"),  tr_noop("满意"),
                                                        tr_noop("基本满意"), tr_noop("非常不满意")};
[[maybe_unused]] constexpr const char* kReasons[] = {
    tr_noop("服务态度好"), tr_noop("讲解清楚"),   tr_noop("流程简便"),     tr_noop("机器好用"),
    tr_noop("等候时间短"), tr_noop("环境舒适"),   tr_noop("服务态度不好"), tr_noop("讲解不清楚"),
    tr_noop("流程复杂"),   tr_noop("机器不好用"), tr_noop("等候时间长"),   tr_noop("环境不舒适")};
[[maybe_unused]] constexpr const char* kDeclaration = tr_noop(
    "本人（本单位）自愿提出申请，对所提交申请材料的合法性、合理性及真实性负责，并承担相应的法律责任；"
    "将根据业务办理窗口提出的补正意见，及时对申报材料进行修改或补充。");

std::string explanation_of(domain::Domain domain) {
  switch (domain) {
    case domain::Domain::project_construction: return tr("从立项到竣工验收、不动产权登记");
    case domain::Domain::market_access: return tr("营业执照、营业前许可与备案");
    case domain::Domain::public_service: return tr("公共卫生、文化体育、运输经营");
    case domain::Domain::upward_filing: return tr("协助向上一级申报或转报");
    case domain::Domain::town_agent: return tr("镇（街道）代办员带来的事项");
    case domain::Domain::other: return tr("其他确有必要帮办代办的事项");
  }
  return {};
}

Icon icon_of(domain::Domain domain) {
  switch (domain) {
    case domain::Domain::project_construction: return Icon::project_construction;
    case domain::Domain::market_access: return Icon::market_access;
    case domain::Domain::public_service: return Icon::public_service;
    case domain::Domain::upward_filing: return Icon::upward_filing;
    case domain::Domain::town_agent: return Icon::town_agent;
    case domain::Domain::other: return Icon::other_services;
  }
  return Icon::none;
}

std::string words_for(domain::ApplicantKind kind) {
  switch (kind) {
    case domain::ApplicantKind::natural_person: return tr("个人");
    case domain::ApplicantKind::legal_person: return tr("企事业单位");
    case domain::ApplicantKind::other_organisation: return tr("社会团体及其他组织");
  }
  return {};
}

std::string explanation_of(domain::ApplicantKind kind) {
  switch (kind) {
    case domain::ApplicantKind::natural_person: return tr("以本人名义申请，需要身份证件号码和姓名");
    case domain::ApplicantKind::legal_person: return tr("需要单位的统一社会信用代码、名称，以及经办人的证件号码和姓名");
    case domain::ApplicantKind::other_organisation:
      return tr("需要组织的统一社会信用代码、名称，以及经办人的证件号码和姓名");
  }
  return {};
}

Icon icon_of(domain::ApplicantKind kind) {
  switch (kind) {
    case domain::ApplicantKind::natural_person: return Icon::person;
    case domain::ApplicantKind::legal_person: return Icon::organisation;
    case domain::ApplicantKind::other_organisation: return Icon::people;
  }
  return Icon::none;
}

std::string words_for(domain::IdKind kind) {
  switch (kind) {
    case domain::IdKind::resident_id: return tr("居民身份证");
    case domain::IdKind::foreign_permanent_resident: return tr("外国人永久居留身份证");
    case domain::IdKind::hmt_residence_permit: return tr("港澳台居民居住证");
    case domain::IdKind::uscc: return tr("统一社会信用代码");
  }
  return {};
}

std::string words_for(const domain::RatingLevel& level) { return tr(domain::chinese_name_of(level)); }
std::string words_for(const domain::RatingReason& reason) { return tr(reason.label); }

Icon face_of(const domain::RatingLevel& level) {
  const auto number = std::visit([](auto value) { return static_cast<int>(value); }, level);
  return static_cast<Icon>(static_cast<int>(Icon::face_1) + number);
}

std::string words_for(session::NextLabel label) {
  switch (label) {
    case session::NextLabel::next: return tr("下一步");
    case session::NextLabel::confirm: return tr("确定");
    case session::NextLabel::start_application: return tr("开始办理");
    case session::NextLabel::agree: return tr("同意并继续");
    case session::NextLabel::submit: return tr("提交申请");
    case session::NextLabel::send: return tr("提交评价");
    case session::NextLabel::finish: return tr("结束办理");
    case session::NextLabel::done: return tr("完成");
  }
  return {};
}

std::string contact_lines(const domain::Contact& contact) {
  std::string lines;
  const auto add = [&](const std::string& part, std::string_view before) {
    if (part.empty()) return;
    if (!lines.empty()) lines += before;
    lines += tr_catalogue(part);
  };
  add(contact.name, "\n");
  add(contact.place, "\n");
  add(contact.telephone, contact.place.empty() ? " · " : "\n");
  add(contact.hours, contact.telephone.empty() ? "\n" : " · ");
  return lines;
}

}  // namespace bangwu::screens
