#include <algorithm>

#include "screens/dates.h"
#include "screens/result_words.h"
#include "screens/section.h"
#include "session/result/view.h"
#include "widgets/pictures.h"

namespace bangwu::screens {
namespace {

using session::ResultView;

Icon icon_of(ResultView::State state) {
  switch (state) {
    case ResultView::State::stored_here: return Icon::save;
    case ResultView::State::stuck: return Icon::warning;
    case ResultView::State::accepted: return Icon::success;
    case ResultView::State::in_review: return Icon::progress;
    case ResultView::State::correction_needed: return Icon::correction;
    case ResultView::State::not_accepted: return Icon::info;
  }
  return Icon::info;
}

Tone tone_of(ResultView::State state) {
  switch (state) {
    case ResultView::State::accepted: return Tone::success;
    case ResultView::State::stuck:
    case ResultView::State::correction_needed:
    case ResultView::State::not_accepted: return Tone::warning;
    case ResultView::State::stored_here:
    case ResultView::State::in_review: break;
  }
  return Tone::accent;
}

// Whether it passed: the first of the three things (Article 9), in one look.
void draw_state(Ui& ui, Rect& area, const ResultView& view) {
  const auto& theme = ui.theme();
  const auto tone = tone_of(view.state);
  const auto title = title_of(view);
  const auto words = explanation_of(view);
  const float size = ui.px(26_mm);
  const float inner = area.w - 2 * theme.space - size - theme.space;
  const float words_height = ui.measure(title, TextStyle::title, inner).h + ui.measure(words, TextStyle::body, inner).h;
  Rect card = area.take_top(std::max(size, words_height) + 2 * theme.space, theme.gap);
  ui.round(card, theme.soft_colour(tone), theme.radius);
  ui.round({card.x, card.y, theme.gap / 2, card.h}, theme.colour(tone), theme.gap / 4);
  Rect inside = card.inset(theme.space);
  const Rect mark = inside.take_left(size, theme.space).centred({size, size});
  ui.circle(mark, ui.palette().surface);
  ui.icon(mark.inset(size * 0.24F), icon_of(view.state), theme.colour(tone));
  inside.skip_top(std::max(0.F, (inside.h - words_height) / 2));
  inside.skip_top(ui.text(inside, title, {.style = TextStyle::title, .role = Role::heading}));
  ui.text(inside, words);
}

void draw_number(Scene& scene, Rect& area, const ResultView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const auto code = scene.tools.qr ? scene.tools.qr(view.number) : QrModules{};
  const float side = code.size > 0 ? ui.px(theme.landscape() ? 46_mm : 56_mm) : 0;
  const float width = area.w - 2 * theme.space - side - theme.gap;
  const auto name = is_final_number(view) ? tr("办件编号") : tr("临时编号");
  const auto stored =
      tr_catalogue(view.procedure) + '\n' +
      trf("提交时间：{time}", {{"time", view.stored_at ? short_clock_words(*view.stored_at) : arrival_words()}});
  // A number is read out and copied: it stays on one line.
  const auto style = ui.line_width(view.number, TextStyle::title) <= width ? TextStyle::title : TextStyle::heading;
  const float needed = theme.type(TextStyle::small).line + ui.measure(view.number, style, width).h + theme.gap +
                       ui.measure(stored, TextStyle::small, width).h;
  const Rect card = area.take_top(std::max(side, needed) + 2 * theme.gap, theme.gap);
  ui.card(card);
  Rect inside = card.inset(theme.space, theme.gap);
  if (code.size > 0)
    widgets::qr(ui, "qr", inside.take_right(side, theme.gap), code.size, code.dark, tr("编号的二维码，查询进度时使用"));
  inside.skip_top(std::max(0.F, (inside.h - needed) / 2));
  inside.skip_top(ui.text(inside, name, {.style = TextStyle::small, .colour = ui.palette().ink_soft}));
  inside.skip_top(ui.text(inside, view.number, {.style = style}) + theme.gap);
  ui.text(inside, stored, {.style = TextStyle::small, .colour = ui.palette().ink_soft});
}

void draw_lacks(Ui& ui, Rect& area, const ResultView& view) {
  const auto lacks = lacks_of(view);
  if (lacks.empty()) return;
  const bool refused = view.state == ResultView::State::not_accepted;
  Section section{ui, area, refused ? tr("原因") : tr("需要补充或修改的内容"), Icon::warning};
  int number = 0;
  for (const auto& lack : lacks) section.entry(std::to_string(++number), lack);
}

// The other two of the three things: the limit with its date, and how to collect.
void draw_facts(Ui& ui, Rect& area, const ResultView& view) {
  Section section{ui, area};
  section.term(tr("办结时限"), limit_of(view));
  section.term(tr("领取方式"), pickup_of(view));
  section.term(tr("怎样通知您"), notice_of(view));
}

void draw_contacts(Ui& ui, Rect& area, const ResultView& view) {
  const auto window = window_of(view);
  const auto consult = consult_of(view);
  if (window.empty() && consult.empty()) return;
  Section section{ui, area};
  if (!window.empty()) section.term(tr("承办窗口"), window);
  if (!consult.empty()) section.term(tr("咨询"), consult);
}

widgets::ButtonSpec slip_button(ResultView::Slip slip) {
  switch (slip) {
    case ResultView::Slip::saving: return {.label = tr("正在保存回执…"), .icon = Icon::usb, .enabled = Enabled::no};
    case ResultView::Slip::saved: return {.label = tr("回执已保存到U盘"), .icon = Icon::check};
    case ResultView::Slip::no_medium: return {.label = tr("没有找到U盘，插好再点"), .icon = Icon::usb};
    case ResultView::Slip::not_written: return {.label = tr("没能写入U盘，可换一个再点"), .icon = Icon::usb};
    case ResultView::Slip::not_made: return {.label = tr("回执没有生成，请拍下编号"), .icon = Icon::warning};
    case ResultView::Slip::not_saved: break;
  }
  return {.label = tr("保存回执到U盘"), .icon = Icon::usb};
}

void draw_buttons(Scene& scene, const ResultView& view) {
  auto& ui = scene.ui;
  const Rect bar = scene.body.take_bottom(scene.theme().button_height, scene.theme().gap);
  const auto cells = bar.columns(view.rated ? 1 : 2, scene.theme().gap);
  if (widgets::button(ui, "slip:save", cells[0], slip_button(view.slip))) scene.say(session::SlipSaveAsked{});
  if (view.rated) return;
  const widgets::ButtonSpec rate{.label = tr("评价本次服务"), .icon = Icon::rate};
  if (widgets::button(ui, "rate", cells[1], rate)) scene.say(session::RateAsked{});
}

}  // namespace

// What everybody needs comes first and is seen at once; only the rest may have to be scrolled to.
void draw_result_screen(Scene& scene, const ResultView& view) {
  auto& ui = scene.ui;
  draw_buttons(scene, view);
  widgets::scroll_area(ui, "result", scene.body, scene.state.scroll, [&](Rect area) {
    Cards cards{ui, area};
    draw_state(ui, cards.next(), view);
    draw_number(scene, cards.next(), view);
    draw_facts(ui, cards.next(), view);
    draw_lacks(ui, cards.next(), view);
    draw_contacts(ui, cards.next(), view);
    return cards.height();
  });
}

}  // namespace bangwu::screens
