#include "screens/progress_words.h"

#include <algorithm>

#include "screens/dates.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

using domain::DayKind;
using domain::cases::State;
using domain::cases::Step;
using session::ProgressProblem;
using widgets::tr;
using widgets::trf;

std::string why_uncounted(DayKind kind) { return kind == DayKind::holiday ? tr("放假") : tr("周末"); }

}  // namespace

std::string words_for(State state) {
  switch (state) {
    case State::accepted: return tr("已受理");
    case State::in_review: return tr("窗口审核中");
    case State::correction_needed: return tr("待补正");
    case State::not_accepted: return tr("不予受理");
  }
  return {};
}

std::string words_for(Step step) {
  switch (step) {
    case Step::received: return tr("已收到");
    case Step::accepted: return words_for(State::accepted);
    case Step::in_review: return words_for(State::in_review);
    case Step::correction_needed: return words_for(State::correction_needed);
    case Step::not_accepted: return words_for(State::not_accepted);
  }
  return {};
}

std::string next_of(State state) {
  switch (state) {
    case State::accepted: return tr("材料齐全，正在办理。办好后会通知您。");
    case State::in_review: return tr("窗口正在审核材料，是否受理会通知您。");
    case State::correction_needed:
      return tr("还有内容需要补充或修改，补齐之后才能受理。请到承办窗口补交，或请帮办人员协助。");
    case State::not_accepted: return tr("申请不能受理，原因已列出。可以向承办窗口咨询。");
  }
  return {};
}

std::string title_of(ProgressProblem problem) {
  switch (problem) {
    case ProgressProblem::not_theirs: break;  // said where it was typed
    case ProgressProblem::too_many: return tr("查错的次数太多");
    case ProgressProblem::recovering: return tr("政务服务中心正在恢复数据");
    case ProgressProblem::unreachable: return tr("现在连不上政务服务中心");
    case ProgressProblem::slow: return tr("没有及时得到答复");
  }
  return {};
}

std::string explanation_of(ProgressProblem problem) {
  switch (problem) {
    case ProgressProblem::not_theirs: break;
    case ProgressProblem::too_many:
      return tr("为了保护个人信息，一小时内查错的次数有限。请一小时后再来，或带证件到窗口查询。");
    case ProgressProblem::recovering:
      return tr("恢复完成之前，有的办件可能查不到。您的办件不会因此丢失，请过一会儿再试，或向工作人员询问。");
    case ProgressProblem::unreachable:
      return tr("不影响您的办件，已经提交的会照常送达和办理。请过一会儿再试，或向工作人员询问。");
    case ProgressProblem::slow: return tr("网络或系统较忙，不影响您的办件。请再试一次，或向工作人员询问。");
  }
  return {};
}

std::string distance_of(const domain::Progress& progress) {
  if (progress.pace == domain::Pace::overdue && progress.days_left == 0) return tr("已过期限");
  if (progress.pace == domain::Pace::overdue)
    return trf("已超过 {limit}", {{"limit", limit_words(-progress.days_left)}});
  if (progress.days_left <= 0) return tr("今天到期");
  return trf("还剩 {limit}", {{"limit", limit_words(progress.days_left)}});
}

std::string arithmetic_of(const domain::cases::Standing& standing) {
  const auto& days = standing.limit_days;
  const auto counted = std::count_if(days.begin(), days.end(), [](const auto& day) { return is_counted(day.kind); });
  auto words = trf("{date}收到，从第二天起计 {limit}",
                   {{"date", date_words(standing.received_on)}, {"limit", limit_words(static_cast<int>(counted))}});
  if (counted == 0) words = trf("{date}收到，当天办结", {{"date", date_words(standing.received_on)}});
  if (standing.due_is_provisional) words += '\n' + tr("当年的放假安排公布后，日期可能调整");
  return words;
}

std::string uncounted_days_of(const domain::cases::Standing& standing) {
  std::string words;
  for (const auto& day : standing.limit_days) {
    if (is_counted(day.kind)) continue;
    if (!words.empty()) words += tr("、");
    words += trf("{date} {why}", {{"date", day_words(day.date)}, {"why", why_uncounted(day.kind)}});
  }
  return words;
}

}  // namespace bangwu::screens
