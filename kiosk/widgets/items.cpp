#include "widgets/items.h"

#include <algorithm>
#include <cmath>

namespace bangwu::widgets {
namespace {

float distance(const Rect& rect, Point p) {
  const float dx = std::max({rect.x - p.x, 0.F, p.x - rect.right()});
  const float dy = std::max({rect.y - p.y, 0.F, p.y - rect.bottom()});
  return std::hypot(dx, dy);
}

}  // namespace

const char* name_of(Role role) {
  switch (role) {
    case Role::text: return "text";
    case Role::heading: return "heading";
    case Role::image: return "image";
    case Role::banner: return "banner";
    case Role::progress: return "progress";
    case Role::button: return "button";
    case Role::tile: return "tile";
    case Role::field: return "field";
    case Role::list_item: return "list_item";
    case Role::key: return "key";
    case Role::tab: return "tab";
    case Role::checkbox: return "checkbox";
    case Role::radio: return "radio";
    case Role::dialog: return "dialog";
    case Role::scroll: return "scroll";
    case Role::pad: return "pad";
  }
  return "text";
}

const Item* item_at(const std::vector<Item>& items, Point at, float slop) {
  const Item* nearest = nullptr;
  float nearest_distance = slop;
  for (auto it = items.rbegin(); it != items.rend(); ++it) {
    if (!it->touchable || it->covered || it->visible.empty()) {
      continue;
    }
    if (it->visible.contains(at)) {
      // A finger beside a button in a scroll area or on a dialog's card means the button.
      const bool ground = it->role == Role::scroll || it->role == Role::dialog;
      return ground && nearest != nullptr ? nearest : &*it;
    }
    if (const float d = distance(it->visible, at); d < nearest_distance) {
      nearest_distance = d;
      nearest = &*it;
    }
  }
  return nearest;
}

const Item* find_item(const std::vector<Item>& items, const std::string& id) {
  const auto it = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
  return it != items.end() ? &*it : nullptr;
}

}  // namespace bangwu::widgets
