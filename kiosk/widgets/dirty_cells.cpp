#include "widgets/dirty_cells.h"

#include <algorithm>

namespace bangwu::widgets {
namespace {

constexpr std::size_t kMostRects = 24;

bool touch_or_overlap(const PixelRect& a, const PixelRect& b) {
  return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}

bool overlap(const PixelRect& a, const PixelRect& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

PixelRect united(const PixelRect& a, const PixelRect& b) {
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

long area(const PixelRect& r) { return static_cast<long>(r.x1 - r.x0) * (r.y1 - r.y0); }

/// Neighbours become one when their union wastes little: fewer rectangles cost less than a few more pixels.
bool worth_uniting(const PixelRect& a, const PixelRect& b) {
  return touch_or_overlap(a, b) && area(united(a, b)) * 4 <= (area(a) + area(b)) * 5;
}

}  // namespace

const std::vector<PixelRect>& DirtyCells::compare(const PrimitiveList& list, int width, int height) {
  if (width != width_ || height != height_) {
    width_ = width;
    height_ = height;
    across_ = (width + kCell - 1) / kCell;
    down_ = (height + kCell - 1) / kCell;
    known_ = false;
  }
  hash(list);
  dirty_.clear();
  if (known_) {
    collect();
    merge();
  } else {
    dirty_.push_back({0, 0, width_, height_});
  }
  previous_.swap(cells_);
  known_ = true;
  return dirty_;
}

void DirtyCells::hash(const PrimitiveList& list) {
  cells_.assign(static_cast<std::size_t>(across_) * static_cast<std::size_t>(down_), 1469598103934665603ULL);
  for (const Primitive& p : list.primitives) {
    const int x1 = (p.box.x1 - 1) / kCell;
    const int y1 = (p.box.y1 - 1) / kCell;
    for (int y = p.box.y0 / kCell; y <= y1; ++y) {
      for (int x = p.box.x0 / kCell; x <= x1; ++x) {
        std::uint64_t& cell =
            cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(across_) + static_cast<std::size_t>(x)];
        cell = (cell ^ p.hash) * 0x9E3779B97F4A7C15ULL;
        cell ^= cell >> 31;
      }
    }
  }
}

void DirtyCells::collect() {
  for (int y = 0; y < down_; ++y) {
    for (int x = 0; x < across_; ++x) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(across_) + static_cast<std::size_t>(x);
      if (cells_[at] == previous_[at]) {
        continue;
      }
      const PixelRect cell{x * kCell, y * kCell, std::min(width_, (x + 1) * kCell), std::min(height_, (y + 1) * kCell)};
      if (!dirty_.empty() && dirty_.back().y0 == cell.y0 && dirty_.back().x1 >= cell.x0 - 2 * kCell) {
        dirty_.back().x1 = cell.x1;
      } else {
        dirty_.push_back(cell);
      }
    }
  }
}

void DirtyCells::merge() {
  bool changed = true;
  while (changed) {
    changed = false;
    const bool many = dirty_.size() > kMostRects;
    for (std::size_t i = 0; i < dirty_.size(); ++i) {
      for (std::size_t k = i + 1; k < dirty_.size();) {
        if (overlap(dirty_[i], dirty_[k]) || worth_uniting(dirty_[i], dirty_[k]) ||
            (many && touch_or_overlap(dirty_[i], dirty_[k]))) {
          dirty_[i] = united(dirty_[i], dirty_[k]);
          dirty_.erase(dirty_.begin() + static_cast<std::ptrdiff_t>(k));
          changed = true;
        } else {
          ++k;
        }
      }
    }
  }
}

}  // namespace bangwu::widgets
