#include <algorithm>
#include <cmath>

#include "screens/names.h"
#include "screens/page_parts.h"
#include "session/rate/view.h"

namespace bangwu::screens {
namespace {

std::vector<domain::RatingLevel> levels_of(domain::Instrument instrument) {
  using domain::NationalLevel;
  using domain::ReviewLevel;
  if (instrument == domain::Instrument::review) {
    return {ReviewLevel::very_satisfied, ReviewLevel::satisfied, ReviewLevel::fair, ReviewLevel::dissatisfied};
  }
  return {NationalLevel::very_satisfied, NationalLevel::satisfied, NationalLevel::basically_satisfied,
          NationalLevel::dissatisfied, NationalLevel::very_dissatisfied};
}

struct Face {
  std::string id, words;
  Icon icon = Icon::none;
  bool chosen = false;
};

// Every face at the same height and every word from the same line, however many lines the words of one take.
bool draw_face(Ui& ui, Rect card, const Face& face, float words_height) {
  const auto& theme = ui.theme();
  const auto& palette = ui.palette();
  const auto touch = ui.item({.id = face.id,
                              .role = Role::radio,
                              .label = face.words,
                              .rect = card,
                              .visible = card,
                              .selected = face.chosen,
                              .touchable = true});
  const bool marked = face.chosen || touch.held;
  if (marked) {
    ui.round(card, palette.accent_soft, theme.radius);
    ui.outline(card, palette.accent, theme.radius, theme.line_width * 2);
  } else {
    ui.card(card);
  }
  Rect inside = card.inset(theme.gap / 2, theme.gap);
  const Rect words = inside.take_bottom(words_height + theme.gap);
  const float side = std::floor(std::min({inside.w, inside.h, ui.px(36_mm)}));
  ui.icon(inside.centred({side, side}), face.icon, marked ? palette.accent : palette.ink_soft);
  ui.text(words, face.words,
          {.style = TextStyle::body_strong,
           .colour = marked ? palette.accent : palette.ink,
           .align = Align::centre,
           .role = std::nullopt});
  return touch.clicked;
}

}  // namespace

// Nothing leads: no level is chosen beforehand, all faces are of one size and one colour.
void draw_rate_screen(Scene& scene, const session::RateView& view) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  ask(scene, tr("请您评价本次服务"), tr("请点一个最符合您感受的表情"));
  tip(scene, Icon::shield, tr("评价完全自愿，可以匿名。工作人员看不到、也不能代替您评价；请帮办人员暂时离开屏幕。"));
  const auto levels = levels_of(view.instrument);
  Rect area = scene.body;
  const float height = std::min(area.h, ui.px(theme.landscape() ? 84_mm : 96_mm));
  area = Rect{area.x, area.y + std::floor((area.h - height) * 0.35F), area.w, height};
  // Whole pixels for each, so that none is a pixel wider than another.
  const auto count = static_cast<float>(levels.size());
  const float width = std::floor((area.w + theme.gap) / count) * count - theme.gap;
  const Rect even{area.x + std::floor((area.w - width) / 2), area.y, width, area.h};
  const auto cells = even.columns(static_cast<int>(levels.size()), theme.gap);
  float words_height = 0;
  for (const auto& level : levels) {
    words_height =
        std::max(words_height, ui.measure(words_for(level), TextStyle::body_strong, cells.front().w - theme.gap).h);
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const Face face{std::string{"level:"} + domain::name_of(levels[i]), words_for(levels[i]), face_of(levels[i]),
                    view.chosen == levels[i]};
    if (draw_face(ui, cells[i], face, words_height)) scene.say(session::LevelChosen{levels[i]});
  }
}

}  // namespace bangwu::screens
