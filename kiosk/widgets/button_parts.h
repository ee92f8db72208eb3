#pragma once
#include <string_view>

#include "widgets/controls.h"

namespace bangwu::widgets {

/// What all touched surfaces share: lists the item and answers the touch.
inline Touch touchable(Ui& ui, Role role, std::string_view id, const Rect& area, std::string_view label,
                       Enabled enabled, Selected selected = Selected::no, std::string_view value = {}) {
  return ui.item({.id = std::string(id),
                  .role = role,
                  .label = std::string(label),
                  .value = std::string(value),
                  .rect = area,
                  .enabled = enabled == Enabled::yes,
                  .selected = selected == Selected::yes,
                  .touchable = true});
}

/// Options for words that belong to a widget which lists them itself.
inline TextOptions inner_text(TextStyle style, Colour colour, Align align = Align::left, int max_lines = 0) {
  return {.style = style,
          .colour = colour,
          .align = align,
          .vertical = VerticalAlign::middle,
          .max_lines = max_lines,
          .role = {}};
}

/// A white card that can be touched: shadow at rest, tinted with an accent edge while held or chosen.
void touch_card(Ui& ui, const Rect& area, const Touch& touch, Enabled enabled, Selected selected = Selected::no);

/// Icon and words in the middle of `area`, on one line if they fit, else smaller, else on two.
void centred_label(Ui& ui, const Rect& area, std::string_view label, Icon icon, Icon trailing, Colour colour);

/// A key of a pad or keyboard. plain: white; action: grey; done: filled with the accent.
enum class KeyLook { plain, action, done };
/// True when it was pressed in this frame.
bool key_cap(Ui& ui, std::string_view id, const Rect& area, std::string_view label, Icon icon, KeyLook look,
             Enabled enabled = Enabled::yes, Selected selected = Selected::no);
/// The same for a key that acts again while it is held: how often it acted in this frame.
int repeating_key_cap(Ui& ui, std::string_view id, const Rect& area, std::string_view label, Icon icon, KeyLook look);

}  // namespace bangwu::widgets
