#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "widgets/controls.h"
#include "widgets/ui.h"

namespace bangwu::widgets {

/// One change to a field, made by a pad, a keyboard on the screen, or a physical one.
enum class EditKind { insert, backspace, clear, done };
struct Edit {
  EditKind kind = EditKind::insert;
  std::string text{};  ///< of insert
  bool operator==(const Edit&) const = default;
};

/// Applies edits at the end of `value`; insertions stop at `max_characters` (Unicode scalar values). Returns true if
/// one of the edits was `done` (确定, Enter).
bool apply(const std::vector<Edit>& edits, std::string& value, std::size_t max_characters);

/// Where the digits of a value are grouped for reading; the value itself stays ungrouped.
enum class Grouping { none, id_number /* 6-8-4 */, mobile /* 3-4-4 */, credit_code /* 2-6-9-1 */ };
[[nodiscard]] std::string grouped(std::string_view value, Grouping grouping);

/// A labelled box that shows a value; touched it asks for the focus (the screen draws the keyboard for it).
struct FieldSpec {
  std::string label{};
  std::string value{};
  std::string placeholder{};
  std::string hint{};         ///< below the box, when there is no error
  std::string error{};        ///< below the box, in red with a mark; what happened and what to do
  std::string composition{};  ///< being typed in Pinyin: shown underlined after the value
  Grouping grouping = Grouping::none;
  Selected focused = Selected::no;
  Enabled enabled = Enabled::yes;
  std::string clear_label{};  ///< words of a button inside the box, id "<id>:clear"; empty for none
};
enum class FieldTouch { none, box, clear };
/// Cuts the height it uses and a gap off `area`.
[[nodiscard]] FieldTouch field(Ui& ui, std::string_view id, Rect& area, const FieldSpec& spec);
[[nodiscard]] float height_of(Ui& ui, const FieldSpec& spec, float width);

/// Digits 0–9, an extra key (X for ID numbers, "." …) when given, delete and 确定. Keys act on press; ids are
/// "key:5", "key:delete", "key:done". Typing on a physical keyboard arrives here too. Returns the edits of this frame.
struct NumberPadSpec {
  std::string extra_key{};
  std::string done_label{};  ///< 确定 when empty
  Enabled done_enabled = Enabled::yes;
};
[[nodiscard]] std::vector<Edit> number_pad(Ui& ui, Rect area, const NumberPadSpec& spec = {});
[[nodiscard]] float number_pad_height(Ui& ui);

}  // namespace bangwu::widgets
