#include "domain/signature.h"

#include <algorithm>
#include <cmath>

namespace bangwu::domain {
namespace {

float length_of(const Stroke& stroke, float aspect) {
  float length = 0;
  for (std::size_t i = 1; i < stroke.size(); ++i) {
    length += std::hypot((stroke[i].x - stroke[i - 1].x) * aspect, stroke[i].y - stroke[i - 1].y);
  }
  return length;
}

std::size_t count_of(const Signature& signature) {
  std::size_t points = 0;
  for (const auto& stroke : signature.strokes) points += stroke.size();
  return points;
}

/// Every second point goes, the first and the last stay.
void thin(Stroke& stroke) {
  if (stroke.size() < 3) return;
  Stroke kept;
  for (std::size_t i = 0; i + 1 < stroke.size(); i += 2) kept.push_back(stroke[i]);
  kept.push_back(stroke.back());
  stroke = std::move(kept);
}

float within_pad(float place) { return place >= 0 && place <= 1 ? place : place > 1 ? 1.0F : 0.0F; }

}  // namespace

bool is_signed(const Signature& signature) {
  float ink = 0;
  for (const auto& stroke : signature.strokes) ink += length_of(stroke, signature.aspect);
  return ink >= kLeastInk;
}

Signature fitted(Signature signature) {
  if (signature.strokes.size() > kMostStrokes) signature.strokes.resize(kMostStrokes);
  // A stroke of two points cannot be thinned; the limits leave room for that.
  static_assert(kMostPoints >= 4 * kMostStrokes);
  while (count_of(signature) > kMostPoints) {
    for (auto& stroke : signature.strokes) thin(stroke);
  }
  for (auto& stroke : signature.strokes) {
    for (auto& point : stroke) {
      point.x = within_pad(point.x);
      point.y = within_pad(point.y);
      point.t = std::max(point.t, 0);
    }
  }
  return signature;
}

}  // namespace bangwu::domain
