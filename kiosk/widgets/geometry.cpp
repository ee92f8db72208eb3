#include "widgets/geometry.h"

#include <algorithm>
#include <cmath>

namespace bangwu::widgets {

bool Rect::overlaps(const Rect& other) const {
  return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
}

Rect Rect::intersection(const Rect& other) const {
  const float left = std::max(x, other.x);
  const float top = std::max(y, other.y);
  const float width = std::min(right(), other.right()) - left;
  const float height = std::min(bottom(), other.bottom()) - top;
  return width > 0 && height > 0 ? Rect{left, top, width, height} : Rect{left, top, 0, 0};
}

Rect Rect::inset(float sides, float top_and_bottom) const {
  const float dx = std::round(std::min(sides, w / 2));
  const float dy = std::round(std::min(top_and_bottom, h / 2));
  return {x + dx, y + dy, w - 2 * dx, h - 2 * dy};
}

Rect Rect::take_top(float height, float gap) {
  const float part = std::clamp(std::round(height), 0.F, std::max(0.F, h));
  const float taken = std::min(part + std::round(gap), std::max(0.F, h));
  const Rect piece{x, y, w, part};
  y += taken;
  h -= taken;
  return piece;
}

Rect Rect::take_bottom(float height, float gap) {
  const float part = std::clamp(std::round(height), 0.F, std::max(0.F, h));
  const float taken = std::min(part + std::round(gap), std::max(0.F, h));
  const Rect piece{x, bottom() - part, w, part};
  h -= taken;
  return piece;
}

Rect Rect::take_left(float width, float gap) {
  const float part = std::clamp(std::round(width), 0.F, std::max(0.F, w));
  const float taken = std::min(part + std::round(gap), std::max(0.F, w));
  const Rect piece{x, y, part, h};
  x += taken;
  w -= taken;
  return piece;
}

Rect Rect::take_right(float width, float gap) {
  const float part = std::clamp(std::round(width), 0.F, std::max(0.F, w));
  const float taken = std::min(part + std::round(gap), std::max(0.F, w));
  const Rect piece{right() - part, y, part, h};
  w -= taken;
  return piece;
}

std::vector<Rect> Rect::columns(int count, float gap) const {
  std::vector<Rect> parts;
  const float step = (w + gap) / static_cast<float>(std::max(1, count));
  for (int i = 0; i < count; ++i) {
    const float left = std::round(x + step * static_cast<float>(i));
    parts.push_back({left, y, std::round(x + step * static_cast<float>(i + 1) - gap) - left, h});
  }
  return parts;
}

std::vector<Rect> Rect::rows(int count, float gap) const {
  std::vector<Rect> parts;
  const float step = (h + gap) / static_cast<float>(std::max(1, count));
  for (int i = 0; i < count; ++i) {
    const float top = std::round(y + step * static_cast<float>(i));
    parts.push_back({x, top, w, std::round(y + step * static_cast<float>(i + 1) - gap) - top});
  }
  return parts;
}

std::vector<Rect> Rect::grid(int count, int column_count, float height, float gap) const {
  std::vector<Rect> cells;
  const std::vector<Rect> across = Rect{x, y, w, height}.columns(column_count, gap);
  for (int i = 0; i < count; ++i) {
    cells.push_back(across[static_cast<std::size_t>(i % column_count)].moved(
        0, static_cast<float>(i / column_count) * (height + gap)));
  }
  return cells;
}

Rect Rect::centred(Size size) const {
  const float width = std::round(std::min(size.w, w));
  const float height = std::round(std::min(size.h, h));
  return {std::round(x + (w - width) / 2), std::round(y + (h - height) / 2), width, height};
}

}  // namespace bangwu::widgets
