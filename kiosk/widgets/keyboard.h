#pragma once
#include <vector>

#include "widgets/fields.h"
#include "widgets/text_engine.h"
#include "widgets/ui.h"

namespace bangwu::widgets {

enum class KeyboardLayout { pinyin, english, english_upper, symbols };

/// What the keyboard remembers between frames; the screen owns it and makes a new one for each field.
struct KeyboardState {
  KeyboardLayout layout = KeyboardLayout::pinyin;
  KeyboardLayout letters = KeyboardLayout::pinyin;  ///< where the symbols page returns to
  std::size_t first_candidate = 0;                  ///< of the candidate bar's page
  std::vector<Input> arriving{};                    ///< of a physical keyboard, until it is known who types
  base::SteadyTime arrived_at{};
};

struct KeyboardSpec {
  std::string done_label{};        ///< 完成 when empty
  Enabled chinese = Enabled::yes;  ///< no: English and symbols only (file names, PINs of staff)
};

/// A text keyboard at the bottom of the screen: bar with composition and candidates, a row of digits, three rows of
/// letters or symbols, and the row 中/英 · 符号 · 空格 · 删除 · 完成. Keys act on press; ids are "key:a",
/// "key:backspace", "key:space", "key:layout", "key:symbols", "key:shift", "key:done", "candidate:0" …,
/// "candidates:next", "candidates:previous". What was typed on a physical keyboard goes the same way; six characters or
/// more without a pause of 40 ms come from a barcode scanner and are inserted as they are, its final Enter left out.
/// 删除 repeats while it is held. Returns the edits of this frame; what is still being composed is
/// engine.composition(): show it in FieldSpec::composition.
[[nodiscard]] std::vector<Edit> text_keyboard(Ui& ui, Rect area, KeyboardState& state, TextEngine& engine,
                                              const KeyboardSpec& spec = {});

/// The height it wants for a given width; what it gets beyond that stays free.
[[nodiscard]] float text_keyboard_height(Ui& ui);

}  // namespace bangwu::widgets
