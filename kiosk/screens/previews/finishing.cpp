#include <cmath>

#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using session::CheckLine;
using session::ResultView;
using Group = CheckLine::Group;

constexpr const char* kProvisional = "临7K3Q9-X2M4T-RD8WH";

CheckLine line(std::string id, Group group, std::string label, std::string value, bool catalogue = false) {
  CheckLine made;
  made.id = std::move(id);
  made.group = group;
  made.label = std::move(label);
  made.value = std::move(value);
  made.value_is_catalogue_text = catalogue;
  return made;
}

CheckLine counted(std::string id, Group group, std::string label, std::size_t count, bool lacks) {
  auto made = line(std::move(id), group, std::move(label), "");
  made.count = count;
  made.lacks = lacks;
  return made;
}

session::CheckView person() {
  return {sample_procedure().name,
          {line("kind", Group::applicant, "", "natural_person"), line("id", Group::applicant, "", "4405**********0014"),
           line("name", Group::applicant, "", "王芳"),
           line("field:food_business_kind", Group::form, "主体业态", "餐饮服务经营者", true),
           line("field:contact_phone", Group::form, "联系电话", ""),
           counted("material:identity_card", Group::materials, "申请人身份证", 2, false),
           line("pickup", Group::pickup, "", "窗口领取", true)}};
}

session::CheckView organisation() {
  auto missing = line("field:food_safety_officer", Group::form, "食品安全管理员姓名", "");
  missing.lacks = true;
  return {
      sample_bundle().name,
      {line("kind", Group::applicant, "", "other_organisation"), line("id", Group::applicant, "", "9135**********0Y43"),
       line("name", Group::applicant, "", "常州市武进区湖塘镇老街坊餐饮管理服务有限责任公司"),
       line("agent_id", Group::applicant, "", "4405**********0014"),
       line("agent_name", Group::applicant, "", "买买提·艾合买提江"),
       line("field:food_business_kind", Group::form, "主体业态", "集中用餐单位食堂", true),
       line("field:sells_online", Group::form, "通过网络经营", "是", true),
       line("field:premises_address", Group::form, "经营场所地址",
            "江苏省常州市武进区湖塘镇人民东路158号新城南都商业广场3幢1单元甲1201室（北侧临街门面）"),
       line("field:health", Group::form, "健康证明有效期至", "2027-03-01"), missing,
       counted("field:food_workers", Group::form, "从业人员", 1, false),
       counted("material:identity_card", Group::materials, "申请人身份证", 2, false),
       counted("material:floor_plan", Group::materials, "场所平面布局图", 0, true),
       counted("material:power_of_attorney", Group::materials, "授权委托书", 1, false),
       line("pickup", Group::pickup, "", "邮寄送达", true)}};
}

domain::Signature signature() {
  domain::Signature made;
  for (int stroke = 0; stroke < 3; ++stroke) {
    auto& points = made.strokes.emplace_back();
    for (int i = 0; i <= 40; ++i) {
      const float t = static_cast<float>(i) / 40;
      const float x = 0.15F + 0.25F * static_cast<float>(stroke) + 0.18F * t;
      points.push_back({x, 0.5F + 0.22F * std::sin(t * 9 + static_cast<float>(stroke) * 2), stroke * 600 + i * 12});
    }
  }
  return made;
}

session::SignView signed_but(session::StoreProblem problem) {
  return {.signature = signature(), .name = "王芳", .problem = problem};
}

ResultView result(ResultView::State state) {
  using namespace std::chrono_literals;
  ResultView view;
  view.state = state;
  view.procedure = sample_procedure().name;
  const bool is_here = state == ResultView::State::stored_here || state == ResultView::State::stuck;
  view.number = is_here ? kProvisional : "WJ20261123000137";
  view.promised_working_days = 6;
  view.pickup = "邮寄送达";
  view.window = sample_item().window;
  view.consult = sample_item().consult;
  view.telephone = "1386****0000";
  view.stored_at = std::chrono::sys_days{std::chrono::November / 23 / 2026} + 2h + 27min;
  if (state == ResultView::State::accepted || state == ResultView::State::in_review)
    view.due = std::chrono::December / 1 / 2026;
  return view;
}

void add_results(std::vector<Preview>& all) {
  const session::FrameView end{.step = 6, .steps = 6, .next = session::NextLabel::finish};
  using State = ResultView::State;
  auto stored = result(State::stored_here);
  stored.telephone.reset();
  stored.slip = ResultView::Slip::no_medium;
  all.push_back(preview("result.stored_here", end, stored));
  auto stuck = result(State::stuck);
  stuck.telephone.reset();
  all.push_back(preview("result.stuck", end, stuck));
  auto accepted = result(State::accepted);
  accepted.promised_working_days = 0;
  accepted.due = std::chrono::November / 23 / 2026;
  accepted.slip = ResultView::Slip::saved;
  all.push_back(preview("result.accepted", end, accepted));
  auto review = result(State::in_review);
  review.due_is_provisional = true;
  all.push_back(preview("result.in_review", end, review));
  auto lacking = result(State::correction_needed);
  lacking.lacks = {"食品安全管理员姓名", "场所平面布局图", "食品安全规章制度清单"};
  lacking.lacking_parts = {ResultView::Part::agent, ResultView::Part::signature};
  lacking.slip = ResultView::Slip::saving;
  all.push_back(preview("result.correction_needed", end, lacking));
  auto refused = result(State::not_accepted);
  refused.lacks = {"有与经营的食品品种、数量相适应的场所"};
  refused.rated = true;
  all.push_back(preview("result.not_accepted", end, refused));
}

}  // namespace

void add_finishing(std::vector<Preview>& all) {
  all.push_back(preview("pickup", frame(5), session::PickupView{sample_item().pickup, "邮寄送达"}));
  all.push_back(preview("check.person", frame(5, session::NextLabel::confirm), person()));
  all.push_back(preview("check.organisation", frame(5, session::NextLabel::confirm), organisation()));
  const std::string text =
      "本人（本单位）自愿提出申请，对所提交申请材料的合法性、合理性及真实性负责，并承担相应的法律责任；"
      "将根据业务办理窗口提出的补正意见，及时对申报材料进行修改或补充。";
  all.push_back(
      preview("declaration.open", frame(5, session::NextLabel::next, false), session::DeclarationView{text, false}));
  all.push_back(preview("declaration.accepted", frame(5), session::DeclarationView{text, true}));
  const auto submit = frame(5, session::NextLabel::submit);
  all.push_back(preview("sign.empty", frame(5, session::NextLabel::submit, false), session::SignView{.name = "王芳"}));
  all.push_back(
      preview("sign.drawn", submit, session::SignView{.signature = signature(), .name = "买买提·艾合买提江"}));
  all.push_back(preview("sign.not_saved", submit, signed_but(session::StoreProblem::disk_full)));
  const session::FrameView given{.step = 5, .steps = 6, .home = true, .next = session::NextLabel::submit};
  all.push_back(preview("sign.no_answer", given, signed_but(session::StoreProblem::no_answer)));
  all.push_back(preview("sign.unknown", given, signed_but(session::StoreProblem::unknown)));
  const session::FrameView held{.step = 5, .steps = 6, .next = session::NextLabel::submit, .next_enabled = false};
  all.push_back(
      preview("sign.storing", held, session::SignView{.signature = signature(), .name = "王芳", .storing = true}));
  all.push_back(preview("sending", {.step = 6, .steps = 6}, session::SendingView{kProvisional}));
  add_results(all);
}

}  // namespace bangwu::screens
