#pragma once
#include <string>

#include "screens/scene.h"

namespace bangwu::screens {

/// A box of several lines for text that is being typed: the end is always in sight, what is being composed is
/// underlined. Item id "input".
struct TextBox {
  std::string label{};
  std::string value{};
  std::string composition{};
  std::string placeholder{};
  int rows = 1;
  bool wrong = false;
};

/// Cuts its height and a gap off `area`.
void text_box(Ui& ui, Rect& area, const TextBox& box);

}  // namespace bangwu::screens
