#pragma once
#include <string>
#include <vector>

#include "widgets/geometry.h"

namespace bangwu::widgets {

enum class Role {
  text,
  heading,
  image,
  banner,
  progress,  // read
  button,
  tile,
  field,
  list_item,
  key,
  tab,
  checkbox,
  radio,  // touched
  dialog,
  scroll,
  pad,
};
[[nodiscard]] const char* name_of(Role role);  ///< "button", "list_item" …

/// One thing on the screen: what the inspection socket lists, golden tests check, speech will read. Everything a
/// person can see or touch is an Item, in drawing order.
///
/// It may hold what a visitor typed (`value` of a field): never log it, never keep it beyond the frame.
struct Item {
  std::string id{};  ///< stable name given by the screen ("next", "item:330100"); empty for plain text
  Role role = Role::text;
  std::string label{};  ///< the visible words, translated
  std::string value{};  ///< of a field, a row, a progress; "" when there is none
  Rect rect{};          ///< pixels, not clipped
  Rect visible{};       ///< the part inside its scroll area; empty when scrolled away
  bool enabled = true;
  bool selected = false;
  bool focused = false;
  bool touchable = false;
  bool covered = false;  ///< behind a dialog: seen dimmed, not to be touched
};

/// The topmost item to react to a touch at `at`, or nullptr: the last drawn touchable, visible item that contains the
/// point; otherwise the nearest one within `slop` pixels, as long as nothing drawn later covers the point.
[[nodiscard]] const Item* item_at(const std::vector<Item>& items, Point at, float slop);

/// The first item of that id, or nullptr.
[[nodiscard]] const Item* find_item(const std::vector<Item>& items, const std::string& id);

}  // namespace bangwu::widgets
