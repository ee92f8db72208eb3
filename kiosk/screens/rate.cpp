#include <algorithm>

#include "screens/names.h"
#include "screens/page_parts.h"

namespace bangwu::screens {
namespace {

std::vector<domain::RatingLevel> levels_of(domain::Instrument instrument) {
  using domain::NationalLevel;
  using domain::ReviewLevel;
  if (instrument == domain::Instrument::review) {
    return {ReviewLevel::very_satisfied, ReviewLevel::satisfied, ReviewLevel::fair, ReviewLevel::dissatisfied};
  }
  return {NationalLevel::very_satisfied, NationalLevel::satisfied, NationalLevel::basically_satisfied, NationalLevel::dissatisfied,
          NationalLevel::very_dissatisfied};
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
  const auto cells = area.columns(static_cast<int>(levels.size()), theme.gap);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto id = std::string{"level:"} + domain::name_of(levels[i]);
    if (widgets::face_choice(ui, id, cells[i], face_of(levels[i]), words_for(levels[i]), selected_if(view.chosen == levels[i]))) {
      scene.say(session::LevelChosen{levels[i]});
    }
  }
}

}  // namespace bangwu::screens
