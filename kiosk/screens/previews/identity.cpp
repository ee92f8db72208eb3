#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using domain::ApplicantKind;
using domain::IdKind;
using domain::NumberProblem;

std::vector<std::string> labels() {
  std::vector<std::string> all;
  for (const auto& field : sample_procedure().form) all.push_back(field.label);
  return all;
}

session::IdNumberView number(std::string typed, session::InputProblem problem = {}) {
  return {session::Who::applicant,
          IdKind::resident_id,
          {IdKind::resident_id, IdKind::foreign_permanent_resident, IdKind::hmt_residence_permit},
          std::move(typed),
          problem,
          false};
}

}  // namespace

void add_identity(std::vector<Preview>& all) {
  all.push_back(
      preview("privacy", frame(2, session::NextLabel::agree), session::PrivacyView{sample_procedure().name, labels()}));
  all.push_back(preview("applicant_kind.open", frame(2, session::NextLabel::next, false),
                        session::ApplicantKindView{sample_procedure().applicants, std::nullopt}));
  all.push_back(preview("applicant_kind.chosen", frame(2),
                        session::ApplicantKindView{sample_procedure().applicants, ApplicantKind::legal_person}));
  all.push_back(preview("id_number.empty", frame(2, session::NextLabel::next, false), number("")));
  all.push_back(preview("id_number.partial", frame(2), number("3204831990")));
  all.push_back(preview("id_number.complete", frame(2), number("440524188001010014")));
  const auto wrong_check = number("440524188001010015", NumberProblem::wrong_check);
  all.push_back(preview("id_number.wrong_check", frame(2), wrong_check));
  auto permit = number("320483199001010014", NumberProblem::wrong_prefix);
  permit.kind = IdKind::hmt_residence_permit;
  permit.who = session::Who::agent;
  all.push_back(preview("id_number.wrong_prefix", frame(2), permit));
  auto foreign = number("ABC3204", NumberProblem::wrong_length);
  foreign.kind = IdKind::foreign_permanent_resident;
  all.push_back(preview("id_number.foreign", frame(2), foreign));
  session::IdNumberView credit{session::Who::applicant, IdKind::uscc, {IdKind::uscc}, "91350100M000100Y43", {}, true};
  all.push_back(preview("id_number.credit_code", frame(2), credit));
  credit.problem = NumberProblem::wrong_characters;
  credit.doubtful = false;
  credit.typed = "91350100M0001OOY43";
  all.push_back(preview("id_number.credit_code_wrong", frame(2), credit));

  all.push_back(preview("name.empty", frame(2, session::NextLabel::next, false), session::NameView{}));
  all.push_back(preview("name.typed", frame(2), session::NameView{session::Who::agent, false, "欧阳小燕", {}}));
  all.push_back(preview(
      "name.organisation", frame(2),
      session::NameView{session::Who::applicant, true, "常州市武进区湖塘镇老街坊餐饮管理服务有限责任公司", {}}));
  all.push_back(preview("name.problem", frame(2),
                        session::NameView{session::Who::applicant, false, "12", domain::AnswerProblem::not_a_choice}));
}

}  // namespace bangwu::screens
