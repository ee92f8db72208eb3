#include "screens/stages.h"

#include "widgets/words.h"

namespace bangwu::screens {

using widgets::tr;

namespace {

struct StageWords {
  std::string operator()(const session::StartView&) const { return {}; }
  std::string operator()(const session::DomainsView&) const { return tr("选择事项"); }
  std::string operator()(const session::ListView&) const { return tr("选择事项"); }
  std::string operator()(const session::SearchView&) const { return tr("选择事项"); }
  std::string operator()(const session::GuideView&) const { return tr("办事指南"); }
  std::string operator()(const session::PrivacyView&) const { return tr("个人信息说明"); }
  std::string operator()(const session::ApplicantKindView&) const { return tr("申请人信息"); }
  std::string operator()(const session::IdNumberView&) const { return tr("申请人信息"); }
  std::string operator()(const session::NameView&) const { return tr("申请人信息"); }
  std::string operator()(const session::FieldView&) const { return tr("填写申请表"); }
  std::string operator()(const session::RowsView&) const { return tr("填写申请表"); }
  std::string operator()(const session::MaterialsView&) const { return tr("提交材料"); }
  std::string operator()(const session::SourceView&) const { return tr("提交材料"); }
  std::string operator()(const session::FilesView&) const { return tr("提交材料"); }
  std::string operator()(const session::CapturingView&) const { return tr("提交材料"); }
  std::string operator()(const session::PagesView&) const { return tr("提交材料"); }
  std::string operator()(const session::PageView&) const { return tr("提交材料"); }
  std::string operator()(const session::PickupView&) const { return tr("核对信息"); }
  std::string operator()(const session::CheckView&) const { return tr("核对信息"); }
  std::string operator()(const session::DeclarationView&) const { return tr("声明与签名"); }
  std::string operator()(const session::SignView&) const { return tr("声明与签名"); }
  std::string operator()(const session::SendingView&) const { return tr("提交申请"); }
  std::string operator()(const session::ResultView&) const { return tr("办理结果"); }
  std::string operator()(const session::RateView&) const { return tr("满意度评价"); }
  std::string operator()(const session::RateDetailsView&) const { return tr("满意度评价"); }
  std::string operator()(const session::RateTextView&) const { return tr("满意度评价"); }
  std::string operator()(const session::ThanksView&) const { return {}; }
};

}  // namespace

std::string stage_of(const session::ScreenView& screen) { return std::visit(StageWords{}, screen); }

}  // namespace bangwu::screens
