#include "screens/state_card.h"

#include <algorithm>

namespace bangwu::screens {

void state_card(Ui& ui, Rect& area, Icon icon, Tone tone, std::string_view title, std::string_view words) {
  const auto& theme = ui.theme();
  const float size = ui.px(26_mm);
  const float inner = area.w - 2 * theme.space - size - theme.space;
  const float words_height = ui.measure(title, TextStyle::title, inner).h + ui.measure(words, TextStyle::body, inner).h;
  Rect card = area.take_top(std::max(size, words_height) + 2 * theme.space, theme.gap);
  ui.round(card, theme.soft_colour(tone), theme.radius);
  ui.round({card.x, card.y, theme.gap / 2, card.h}, theme.colour(tone), theme.gap / 4);
  Rect inside = card.inset(theme.space);
  const Rect mark = inside.take_left(size, theme.space).centred({size, size});
  ui.circle(mark, ui.palette().surface);
  ui.icon(mark.inset(size * 0.24F), icon, theme.colour(tone));
  inside.skip_top(std::max(0.F, (inside.h - words_height) / 2));
  inside.skip_top(ui.text(inside, title, {.style = TextStyle::title, .role = Role::heading}));
  ui.text(inside, words);
}

}  // namespace bangwu::screens
