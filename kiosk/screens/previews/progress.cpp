#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using domain::DayKind;
using domain::cases::State;
using domain::cases::Step;
using session::ProgressInputProblem;
using session::ProgressProblem;
using session::ProgressView;
using namespace std::chrono_literals;

constexpr std::chrono::year_month_day kMonday = std::chrono::November / 23 / 2026;

/// Six working days from Monday the 23rd: to Tuesday the 1st, over one weekend.
std::vector<domain::LimitDay> days() {
  std::vector<domain::LimitDay> made;
  for (int day = 1; day <= 8; ++day) {
    const bool is_off = day == 5 || day == 6;
    made.push_back(
        {std::chrono::sys_days{kMonday} + std::chrono::days{day}, is_off ? DayKind::weekend : DayKind::worked});
  }
  return made;
}

ProgressView shown(State state, Step step) {
  ProgressView view;
  auto& standing = view.standing;
  standing.number = "WJ20261123000137";
  standing.procedure = sample_item().code;
  standing.state = state;
  standing.received_on = kMonday;
  const base::SystemTime handed_in = std::chrono::sys_days{kMonday} + 2h + 27min;
  standing.steps = {{Step::received, handed_in}, {step, handed_in + 26h}};
  standing.as_of = std::chrono::sys_days{kMonday} + 50h + 28min;
  view.procedure = sample_procedure().name;
  view.window = sample_item().window;
  view.consult = sample_item().consult;
  return view;
}

ProgressView running() {
  auto view = shown(State::in_review, Step::in_review);
  view.standing.due = std::chrono::December / 1 / 2026;
  view.standing.limit_days = days();
  view.standing.progress = {domain::Pace::on_time, 4};
  return view;
}

ProgressView lacking() {
  auto view = shown(State::correction_needed, Step::correction_needed);
  view.lacks = {{"食品安全管理员姓名", "场所平面布局图", "食品安全规章制度清单"}, {session::LackingPart::signature}};
  return view;
}

ProgressView overdue() {
  auto view = running();
  view.standing.state = State::accepted;
  view.standing.steps.back().step = Step::accepted;
  view.standing.due_is_provisional = true;
  view.standing.progress = {domain::Pace::overdue, -2};
  view.standing.as_of += std::chrono::days{8};
  return view;
}

}  // namespace

void add_progress(std::vector<Preview>& all) {
  using session::NextLabel;
  const auto number = session::page_frame(NextLabel::next);
  all.push_back(preview("progress_number.empty", number, session::ProgressNumberView{}));
  all.push_back(preview("progress_number.incomplete", number,
                        session::ProgressNumberView{"WJ2026112300", ProgressInputProblem::incomplete}));
  const auto proof = session::page_frame(NextLabel::enquire);
  all.push_back(preview("progress_proof.typed", proof, session::ProgressProofView{"WJ20261123000137", "K7Q4X2"}));
  all.push_back(preview("progress_proof.not_theirs", proof,
                        session::ProgressProofView{"临7K3Q9-X2M4T-RD8WH", "K7Q4X2", ProgressInputProblem::not_theirs}));
  all.push_back(preview("progress_asking", session::page_frame({}), session::ProgressAskingView{}));
  const auto again = session::page_frame(NextLabel::try_again);
  all.push_back(
      preview("progress_failed.unreachable", again, session::ProgressFailedView{ProgressProblem::unreachable}));
  all.push_back(preview("progress_failed.recovering", again, session::ProgressFailedView{ProgressProblem::recovering}));
  all.push_back(preview("progress_failed.slow", again, session::ProgressFailedView{ProgressProblem::slow}));
  all.push_back(preview("progress_failed.too_many", session::page_frame({}),
                        session::ProgressFailedView{ProgressProblem::too_many}));
  const session::FrameView end{.back = true, .next = NextLabel::finish};
  all.push_back(preview("progress.in_review", end, running()));
  all.push_back(preview("progress.correction_needed", end, lacking()));
  all.push_back(preview("progress.overdue", end, overdue()));
}

}  // namespace bangwu::screens
