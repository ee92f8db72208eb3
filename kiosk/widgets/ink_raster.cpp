#include "widgets/ink_raster.h"

#include <algorithm>
#include <cmath>

namespace bangwu::widgets {
namespace {

constexpr int kTile = 64;

float distance_to_segment(float x, float y, Point a, Point b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length2 = dx * dx + dy * dy;
  const float t = length2 > 0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / length2, 0.F, 1.F) : 0.F;
  return std::hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/// Catmull–Rom between p1 and p2: through every point, without corners.
Point on_curve(Point p0, Point p1, Point p2, Point p3, float t) {
  const auto blend = [t](float a, float b, float c, float d) {
    return 0.5F * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
  };
  return {blend(p0.x, p1.x, p2.x, p3.x), blend(p0.y, p1.y, p2.y, p3.y)};
}

}  // namespace

Point InkRaster::pixel(const InkPoint& p) const {
  return {p.x * static_cast<float>(width_), p.y * static_cast<float>(height_)};
}

bool InkRaster::grew_only(const std::vector<Stroke>& strokes) const {
  if (strokes.size() < drawn_.size()) return false;
  for (std::size_t i = 0; i < drawn_.size(); ++i) {
    const Stroke& before = drawn_[i];
    const bool may_be_longer = i + 1 == drawn_.size();
    if (strokes[i].size() < before.size() || (!may_be_longer && strokes[i].size() > before.size())) return false;
    if (!std::equal(before.begin(), before.end(), strokes[i].begin())) return false;
  }
  return true;
}

void InkRaster::update(const std::vector<Stroke>& strokes) {
  if (strokes == drawn_) return;
  if (!grew_only(strokes)) {
    *this = InkRaster(width_, height_, pen_);
  }
  lift_tail();
  for (; stroke_ < strokes.size(); ++stroke_, piece_ = 0) {
    const Stroke& stroke = strokes[stroke_];
    const bool goes_on = stroke_ + 1 == strokes.size();
    // A piece bends towards the point after its end: without that it is not final.
    const std::size_t final_pieces = goes_on ? std::max<std::size_t>(stroke.size(), 2) - 2 : stroke.size();
    for (; piece_ < final_pieces; ++piece_) draw_segment(stroke, piece_);
    if (goes_on) break;
  }
  if (stroke_ < strokes.size()) draw_tail(strokes[stroke_]);
  drawn_ = strokes;
}

void InkRaster::draw_tail(const Stroke& stroke) {
  is_tail_ = true;
  for (std::size_t k = piece_; k < stroke.size(); ++k) draw_segment(stroke, k);
  is_tail_ = false;
}

void InkRaster::lift_tail() {
  for (const auto& [key, texels] : below_tail_) {
    Mask& mask = *tiles_.at(key).mask;
    std::copy(texels.begin(), texels.end(), mask.texels.begin());
    mask.texture.serial = next_texture_serial();
  }
  below_tail_.clear();
}

void InkRaster::draw_segment(const Stroke& stroke, std::size_t from) {
  const Point b = pixel(stroke[from]);
  if (from + 1 >= stroke.size()) {
    capsule(b, b);
    return;
  }
  const Point c = pixel(stroke[from + 1]);
  const Point a = from > 0 ? pixel(stroke[from - 1]) : b;
  const Point d = from + 2 < stroke.size() ? pixel(stroke[from + 2]) : c;
  const int pieces = std::clamp(static_cast<int>(std::hypot(c.x - b.x, c.y - b.y) / 4), 1, 16);
  Point last = b;
  for (int i = 1; i <= pieces; ++i) {
    const Point next = on_curve(a, b, c, d, static_cast<float>(i) / static_cast<float>(pieces));
    capsule(last, next);
    last = next;
  }
}

void InkRaster::capsule(Point a, Point b) {
  const float radius = pen_ / 2;
  const int x0 = std::max(0, static_cast<int>(std::floor(std::min(a.x, b.x) - radius - 1)));
  const int y0 = std::max(0, static_cast<int>(std::floor(std::min(a.y, b.y) - radius - 1)));
  const int x1 = std::min(width_, static_cast<int>(std::ceil(std::max(a.x, b.x) + radius + 1)));
  const int y1 = std::min(height_, static_cast<int>(std::ceil(std::max(a.y, b.y) + radius + 1)));
  for (int ty = y0 / kTile; ty * kTile < y1; ++ty) {
    for (int tx = x0 / kTile; tx * kTile < x1; ++tx) {
      Tile& tile = tiles_[{tx, ty}];
      if (tile.mask == nullptr) {
        tile = {tx * kTile, ty * kTile, std::make_unique<Mask>(kTile, kTile)};
      }
      if (is_tail_) below_tail_.try_emplace({tx, ty}, tile.mask->texels);
      tile.mask->texture.serial = next_texture_serial();
      for (int y = std::max(y0, tile.y); y < std::min(y1, tile.y + kTile); ++y) {
        for (int x = std::max(x0, tile.x); x < std::min(x1, tile.x + kTile); ++x) {
          const float d = distance_to_segment(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F, a, b);
          const auto cover = static_cast<std::uint8_t>(std::lround(std::clamp(radius + 0.5F - d, 0.F, 1.F) * 255));
          auto& texel = tile.mask->texels[static_cast<std::size_t>((y - tile.y) * kTile + x - tile.x)];
          texel = std::max(texel, cover);
        }
      }
    }
  }
}

}  // namespace bangwu::widgets
