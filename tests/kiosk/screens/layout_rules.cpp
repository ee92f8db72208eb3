#include "layout_rules.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace bangwu::tests {
namespace {

using widgets::Item;
using widgets::Rect;
using widgets::Role;

std::string said(const Item& item) {
  const std::string words = item.label.size() > 60 ? item.label.substr(0, 60) : item.label;
  return std::string{widgets::name_of(item.role)} + " '" + item.id + "' “" + words + "” at " +
         std::to_string(static_cast<int>(item.rect.x)) + "," + std::to_string(static_cast<int>(item.rect.y)) + " " +
         std::to_string(static_cast<int>(item.rect.w)) + "x" + std::to_string(static_cast<int>(item.rect.h));
}

// Grounds that other things lie on.
bool is_ground(const Item& item) { return item.role == Role::scroll || item.role == Role::dialog; }
bool is_target(const Item& item) {
  return item.touchable && item.enabled && !item.covered && !is_ground(item) && !item.visible.empty();
}
bool is_words(const Item& item) {
  return !item.covered && !item.visible.empty() &&
         (item.role == Role::text || item.role == Role::heading || item.role == Role::banner);
}
bool is_cut(const Item& item) { return item.visible.w + 0.5F < item.rect.w || item.visible.h + 0.5F < item.rect.h; }

float gap_between(const Rect& a, const Rect& b) {
  const float across = std::max(a.x - b.right(), b.x - a.right());
  const float down = std::max(a.y - b.bottom(), b.y - a.bottom());
  return std::max(across, down);
}

// How deep two rectangles lie in one another; line boxes may touch.
float overlap(const Rect& a, const Rect& b) {
  const auto common = a.intersection(b);
  return std::min(common.w, common.h);
}

bool holds(const Rect& outer, const Rect& inner) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() && inner.bottom() <= outer.bottom();
}

class Check {
 public:
  Check(const std::vector<Item>& items, const widgets::Panel& panel)
      : items_(items),
        screen_{0, 0, static_cast<float>(panel.width), static_cast<float>(panel.height)},
        least_(widgets::kMinimumTarget.value * widgets::pixels_per_mm(panel)),
        gap_(widgets::kMinimumGap.value * widgets::pixels_per_mm(panel)) {
    const widgets::Theme theme{panel};
    grid_ = screen_.inset(theme.margin, 0);
    landscape_ = theme.landscape();
  }

  std::vector<std::string> run() {
    ids();
    turned_or_scrolled();
    choices();
    keys();
    for (const auto& item : items_) each(item);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      for (std::size_t j = i + 1; j < items_.size(); ++j) pair(items_[i], items_[j]);
    }
    return std::move(broken_);
  }

 private:
  void ids() {
    std::set<std::string> seen;
    for (const auto& item : items_) {
      if (!item.id.empty() && !seen.insert(item.id).second) broken_.push_back("two items have the id " + item.id);
      if (item.touchable && item.id.empty()) broken_.push_back("no id: " + said(item));
    }
  }

  // A page is turned or it is scrolled, never both.
  void turned_or_scrolled() {
    if (widgets::find_item(items_, "list:next") == nullptr) return;
    for (const auto& item : items_) {
      if (item.role == Role::scroll && item.touchable && !item.covered)
        broken_.push_back("pages are turned and scrolled: " + said(item));
    }
  }

  void choices() {
    constexpr auto kMost = 6;
    const bool turned = widgets::find_item(items_, "list:next") != nullptr;
    for (const auto role : {Role::radio, Role::tile, Role::list_item}) {
      if (role == Role::list_item && !turned) continue;  // a checklist is as long as it is
      const auto count = std::count_if(items_.begin(), items_.end(),
                                       [&](const auto& item) { return item.role == role && !item.covered; });
      if (count > kMost) broken_.push_back(std::to_string(count) + " choices of the kind " + widgets::name_of(role));
    }
  }

  void keys() {
    float right = 0;
    for (const auto& item : items_) {
      if (item.role == Role::key && !item.covered) right = std::max(right, item.rect.right());
    }
    if (landscape_ && right > 0 && std::abs(right - grid_.right()) > 1)
      broken_.push_back("the keys end at " + std::to_string(right) + ", not where the grid ends");
  }

  void each(const Item& item) {
    if (item.visible.empty() || item.role == Role::dialog) return;
    const Rect& seen = item.visible;
    const bool inside = seen.x >= -0.5F && seen.y >= -0.5F && seen.right() <= screen_.right() + 0.5F &&
                        seen.bottom() <= screen_.bottom() + 0.5F;
    if (!inside) broken_.push_back("outside the screen: " + said(item));
    if (is_words(item) && item.rect.right() > screen_.right() + 0.5F)
      broken_.push_back("words beyond the edge: " + said(item));
    if (is_target(item) && !is_cut(item) && (item.rect.w + 0.5F < least_ || item.rect.h + 0.5F < least_)) {
      broken_.push_back("smaller than 12.7 mm: " + said(item));
    }
    if (is_target(item) && (seen.x + 0.5F < grid_.x || seen.right() > grid_.right() + 0.5F))
      broken_.push_back("beyond the grid: " + said(item));
    if (is_target(item) && item.label.empty() && item.role != Role::pad && item.role != Role::field)
      broken_.push_back("no words: " + said(item));
  }

  void pair(const Item& a, const Item& b) {
    constexpr float kTouching = 4;  // line boxes are higher than letters
    if (is_target(a) && is_target(b)) {
      if (overlap(a.visible, b.visible) > 0.5F) broken_.push_back("one over the other: " + said(a) + " and " + said(b));
      else if (gap_between(a.visible, b.visible) + 0.5F < gap_)
        broken_.push_back("less than 2.54 mm apart: " + said(a) + " and " + said(b));
    }
    const bool words = is_words(a) && is_words(b);
    // Words that lie wholly on a target belong to it: a chip on a row.
    const bool strays = (is_words(a) && is_target(b) && !holds(b.rect, a.rect)) ||
                        (is_target(a) && is_words(b) && !holds(a.rect, b.rect));
    if ((words || strays) && overlap(a.visible, b.visible) > kTouching)
      broken_.push_back("words over something: " + said(a) + " and " + said(b));
  }

  const std::vector<Item>& items_;
  Rect screen_, grid_;
  float least_, gap_;
  bool landscape_ = false;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_layout_rules(const std::vector<Item>& items, const widgets::Panel& panel) {
  return Check(items, panel).run();
}

}  // namespace bangwu::tests
