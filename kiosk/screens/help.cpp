#include <algorithm>

#include "screens/page_parts.h"

namespace bangwu::screens {
namespace {

struct Answer {
  Icon icon;
  std::string title, words;
};

std::string person_words(const Place& place) {
  std::string words = place.zone.empty() ? tr("请身边的帮办人员到机旁协助您，帮办不收费。")
                                         : trf("请到{zone}，或请身边的帮办人员到机旁协助您，帮办不收费。",
                                               {{"zone", tr_catalogue(place.zone)}});
  if (!place.telephone.empty()) words += trf("电话：{telephone}", {{"telephone", place.telephone}});
  return words;
}

std::vector<Answer> answers(const Place& place) {
  return {{Icon::people, tr("请人帮忙"), person_words(place)},
          {Icon::arrow_left, tr("想改前面的内容"),
           tr("点左下角的“上一步”一页一页返回；提交前还有一页可以核对和更改全部内容。")},
          {Icon::home, tr("不想办了"), tr("点“回首页”，已填写的内容会全部清除。")},
          {Icon::clock, tr("时间不够"), tr("一段时间没有操作时会先提醒您，点屏幕就可以继续。")},
          {Icon::language, tr("换语言"), tr("点右上角的“English”，可以换成英文。")}};
}

float height_of(Ui& ui, const Answer& answer, float width) {
  return ui.measure(answer.title, TextStyle::body_strong, width).h + ui.measure(answer.words, TextStyle::body, width).h;
}

}  // namespace

void draw_help(Scene& scene) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  const Rect screen = ui.screen();
  const float width = std::min(screen.w - 2 * theme.margin, ui.px(240_mm));
  const float mark = ui.px(15_mm);
  const float inner = width - 4 * theme.space - mark - theme.space;
  const auto all = answers(scene.tools.place);
  float height = theme.type(TextStyle::title).line + theme.space + theme.button_height + 4 * theme.space;
  for (const auto& answer : all) height += height_of(ui, answer, inner) + theme.space;
  Rect inside = widgets::overlay(ui, "help_card", {width, std::min(height, screen.h - 2 * theme.margin)});
  widgets::heading(ui, inside, tr("帮助"));
  const Rect bar = inside.take_bottom(theme.button_height, theme.space);
  widgets::scroll_area(ui, "help_text", inside, scene.state.overlay_scroll, [&](Rect area) {
    const float top = area.y;
    for (const auto& answer : all) {
      const float text_width = area.w - mark - theme.space;
      const float used = height_of(ui, answer, text_width);
      const Rect place{area.x, area.y, mark, mark};
      ui.circle(place, ui.palette().accent_soft);
      ui.icon(place.inset(mark * 0.25F), answer.icon, ui.palette().accent);
      Rect words{area.x + mark + theme.space, area.y, text_width, used};
      words.skip_top(ui.text(words, answer.title, {.style = TextStyle::body_strong}));
      ui.text(words, answer.words, {.colour = ui.palette().ink_soft});
      area.y += std::max(used, mark) + theme.space;
    }
    return area.y - top - theme.space;
  });
  const widgets::ButtonSpec close{.label = tr("知道了"), .kind = ButtonKind::primary};
  if (widgets::button(ui, "overlay:close", bar, close)) scene.say(session::OverlayClosed{});
}

}  // namespace bangwu::screens
