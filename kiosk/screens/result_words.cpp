#include "screens/result_words.h"

#include "screens/dates.h"
#include "screens/names.h"
#include "session/result/view.h"
#include "widgets/words.h"

namespace bangwu::screens {

using session::ResultView;
using widgets::tr;
using widgets::tr_catalogue;
using widgets::trf;

namespace {

std::string name_of(ResultView::Part part) {
  switch (part) {
    case ResultView::Part::applicant: return tr("申请人的证件号码和姓名");
    case ResultView::Part::agent: return tr("经办人的证件号码和姓名");
    case ResultView::Part::declaration: return tr("对真实性的声明");
    case ResultView::Part::signature: return tr("签名");
  }
  return {};
}

}  // namespace

std::string title_of(const ResultView& view) {
  switch (view.state) {
    case ResultView::State::stored_here: return tr("已存本机，等待送达");
    case ResultView::State::stuck: return tr("已存本机，等工作人员处理");
    case ResultView::State::accepted: return tr("已受理");
    case ResultView::State::in_review: return tr("已送达，窗口审核中");
    case ResultView::State::correction_needed: return tr("已送达，待补正");
    case ResultView::State::not_accepted: return tr("不予受理");
  }
  return {};
}

std::string explanation_of(const ResultView& view) {
  switch (view.state) {
    case ResultView::State::stored_here:
      return tr("申请已安全保存在这台机器上，网络通畅后会自动送达。是否受理，以窗口答复为准。");
    case ResultView::State::stuck:
      return tr("申请已安全保存在这台机器上，但不会自动送达，要由工作人员处理。请记下编号，现在就告诉工作人员。");
    case ResultView::State::accepted: return tr("您的申请已通过受理审核：材料齐全，已经受理。办理结果会另行告知。");
    case ResultView::State::in_review: return tr("政务服务中心已收到您的申请，窗口正在审核，是否受理会再通知您。");
    case ResultView::State::correction_needed:
      return tr("政务服务中心已收到您的申请，但还有内容需要补充或修改。补齐之后才能受理。");
    case ResultView::State::not_accepted:
      return tr("政务服务中心已收到您的申请，但不能受理，原因已列出。可以向承办窗口咨询。");
  }
  return {};
}

bool is_final_number(const ResultView& view) {
  return view.state != ResultView::State::stored_here && view.state != ResultView::State::stuck;
}

std::vector<std::string> lacks_of(const ResultView& view) {
  std::vector<std::string> lacks;
  for (const auto& lack : view.lacks) lacks.push_back(tr_catalogue(lack));
  for (const auto part : view.lacking_parts) lacks.push_back(name_of(part));
  return lacks;
}

std::string arrival_words() { return tr("以政务服务中心收到的时间为准"); }

std::string limit_of(const ResultView& view) {
  const auto promised = limit_words(view.promised_working_days);
  if (view.state == ResultView::State::not_accepted) return tr("不适用");
  if (view.state == ResultView::State::stuck) return trf("送达并受理后 {limit}", {{"limit", promised}});
  if (view.state == ResultView::State::correction_needed) {
    return trf("补齐后 {limit}；补正的时间不计入时限", {{"limit", promised}});
  }
  if (!view.due) return trf("受理后 {limit}，受理时告知具体日期", {{"limit", promised}});
  const auto date = long_date_words(*view.due);
  if (view.promised_working_days <= 0) return trf("{limit}，{date}", {{"limit", promised}, {"date", date}});
  if (view.due_is_provisional) {
    return trf("{limit}，预计 {date} 前办结；当年的放假安排公布后，日期可能调整",
               {{"limit", promised}, {"date", date}});
  }
  return trf("{limit}，{date} 前办结", {{"limit", promised}, {"date", date}});
}

// Of what may never arrive, or was refused, there is nothing to collect yet.
std::string pickup_of(const ResultView& view) {
  if (view.state == ResultView::State::not_accepted) return tr("不适用");
  if (view.state == ResultView::State::stuck) return tr("送达并受理后告知");
  return view.pickup.empty() ? tr("由承办窗口通知") : tr_catalogue(view.pickup);
}

std::string notice_of(const ResultView& view) {
  if (view.state == ResultView::State::stuck)
    return tr("申请还没有离开本机，窗口查不到。请凭编号向本机旁的工作人员询问");
  if (view.telephone) return trf("有进展时，会打您留的电话 {telephone}", {{"telephone", *view.telephone}});
  return tr("您没有留电话，请凭编号向承办窗口查询进展");
}

std::string window_of(const ResultView& view) { return contact_lines(view.window); }
std::string consult_of(const ResultView& view) { return contact_lines(view.consult); }

}  // namespace bangwu::screens
