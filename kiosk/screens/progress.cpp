#include "screens/dates.h"
#include "screens/names.h"
#include "screens/progress_words.h"
#include "screens/result_words.h"
#include "screens/section.h"
#include "screens/state_card.h"

namespace bangwu::screens {
namespace {

using domain::cases::State;
using session::ProgressView;

Icon icon_of(State state) {
  switch (state) {
    case State::accepted: return Icon::success;
    case State::in_review: return Icon::progress;
    case State::correction_needed: return Icon::correction;
    case State::not_accepted: return Icon::info;
  }
  return Icon::info;
}

Tone tone_of(State state) {
  switch (state) {
    case State::accepted: return Tone::success;
    case State::correction_needed:
    case State::not_accepted: return Tone::warning;
    case State::in_review: break;
  }
  return Tone::accent;
}

std::chrono::sys_seconds seconds_of(base::SystemTime time) { return std::chrono::floor<std::chrono::seconds>(time); }

// What it is about, and how old what is shown may be.
void draw_case(Ui& ui, Rect& area, const ProgressView& view) {
  Section section{ui, area};
  section.term(tr("办件编号"), view.standing.number);
  if (!view.procedure.empty()) section.term(tr("事项"), tr_catalogue(view.procedure));
  section.term(tr("截至"), short_clock_words(seconds_of(view.standing.as_of)));
}

void draw_lacks(Ui& ui, Rect& area, const ProgressView& view) {
  const auto lacks = lack_words(view.lacks.labels, view.lacks.parts);
  if (lacks.empty()) return;
  const bool refused = view.standing.state == State::not_accepted;
  Section section{ui, area, refused ? tr("原因") : tr("需要补充或修改的内容"), Icon::warning};
  int number = 0;
  for (const auto& lack : lacks) section.entry(std::to_string(++number), lack);
}

void draw_limit(Ui& ui, Rect& area, const ProgressView& view) {
  const auto& standing = view.standing;
  if (!standing.due) return;
  Section section{ui, area, tr("办结时限"), Icon::calendar};
  section.term(tr("最后一天"), long_date_words(*standing.due));
  section.term(tr("还有多久"), distance_of(standing.progress));
  section.term(tr("怎样计算"), arithmetic_of(standing));
  if (const auto days = uncounted_days_of(standing); !days.empty()) section.term(tr("不计的日子"), days);
}

void draw_steps(Ui& ui, Rect& area, const ProgressView& view) {
  if (view.standing.steps.empty()) return;
  Section section{ui, area, tr("办理进度"), Icon::history};
  int number = 0;
  for (const auto& step : view.standing.steps)
    section.entry(std::to_string(++number), words_for(step.step), clock_words(seconds_of(step.at)));
}

void draw_contacts(Ui& ui, Rect& area, const ProgressView& view) {
  const auto window = contact_lines(view.window);
  const auto consult = contact_lines(view.consult);
  if (window.empty() && consult.empty()) return;
  Section section{ui, area};
  if (!window.empty()) section.term(tr("承办窗口"), window);
  if (!consult.empty()) section.term(tr("咨询"), consult);
}

}  // namespace

void draw_progress_screen(Scene& scene, const ProgressView& view) {
  auto& ui = scene.ui;
  const State state = view.standing.state;
  widgets::scroll_area(ui, "progress", scene.body, scene.state.scroll, [&](Rect area) {
    Cards cards{ui, area};
    state_card(ui, cards.next(), icon_of(state), tone_of(state), words_for(state), next_of(state));
    draw_case(ui, cards.next(), view);
    draw_lacks(ui, cards.next(), view);
    draw_limit(ui, cards.next(), view);
    draw_steps(ui, cards.next(), view);
    draw_contacts(ui, cards.next(), view);
    return cards.height();
  });
}

void draw_progress_asking_screen(Scene& scene) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  Rect card = scene.body;
  ui.card(card);
  Rect inside = card.inset(theme.space);
  const auto title = tr("正在查询…");
  const float announced = announcement_height(ui, inside.w, title, {});
  inside.skip_top(std::max(0.F, (inside.h - announced - theme.space - ui.px(20_mm)) * 0.42F));
  announcement(ui, inside.take_top(announced, theme.space), Icon::search, Tone::accent, title, {});
  widgets::busy(ui, "asking", inside.take_top(ui.px(20_mm)), tr("请稍候"));
}

void draw_progress_failed_screen(Scene& scene, const session::ProgressFailedView& view) {
  auto words = explanation_of(view.problem);
  const auto& telephone = scene.tools.place.telephone;
  if (!telephone.empty()) words += '\n' + trf("电话：{telephone}", {{"telephone", telephone}});
  scene.ui.card(scene.body);
  announcement(scene.ui, scene.body.inset(scene.theme().space), Icon::warning, Tone::warning, title_of(view.problem),
               words);
}

}  // namespace bangwu::screens
