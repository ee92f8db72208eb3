#include "pages/signature.h"

#include <algorithm>
#include <cmath>

#include "pages/picture.h"

namespace bangwu::pages {
namespace {

constexpr std::size_t kWidth = 1200, kHighest = 2400;
constexpr float kPen = 3.0F;                // pixels, half its width
constexpr std::size_t kMostDots = 500'000;  // one a pixel of ink; a signature has some ten thousand

/// Pixels that a pen at `at` reaches, cut off at the picture's edge.
std::pair<std::size_t, std::size_t> reach(float at, std::size_t end) {
  const float low = std::max(0.0F, std::floor(at - kPen));
  const float high = std::min(static_cast<float>(end), std::ceil(at + kPen) + 1);
  return {static_cast<std::size_t>(low), static_cast<std::size_t>(std::max(0.0F, high))};
}

void draw_dot(Picture& picture, float at_x, float at_y) {
  const auto [left, right] = reach(at_x, picture.width);
  const auto [top, bottom] = reach(at_y, picture.height);
  for (std::size_t y = top; y < bottom; ++y) {
    for (std::size_t x = left; x < right; ++x) {
      const float away = std::hypot(static_cast<float>(x) - at_x, static_cast<float>(y) - at_y) - kPen + 0.5F;
      std::uint8_t& pixel = picture.pixels[y * picture.width + x];
      pixel = std::min(pixel, static_cast<std::uint8_t>(std::clamp(away, 0.0F, 1.0F) * 255));
    }
  }
}

/// A dot a pixel; takes them from `left`.
void draw_line(Picture& picture, const domain::InkPoint& from, const domain::InkPoint& to, std::size_t& left) {
  const auto width = static_cast<float>(picture.width - 1), height = static_cast<float>(picture.height - 1);
  const float dx = (to.x - from.x) * width, dy = (to.y - from.y) * height;
  const auto steps = std::min(left, static_cast<std::size_t>(std::hypot(dx, dy)) + 1);
  for (std::size_t step = 1; step <= steps; ++step) {
    const float along = static_cast<float>(step) / static_cast<float>(steps);
    draw_dot(picture, from.x * width + dx * along, from.y * height + dy * along);
  }
  left -= steps;
}

}  // namespace

base::Bytes draw_signature(const domain::Signature& signature) {
  const auto height =
      std::clamp(static_cast<float>(kWidth) / std::max(signature.aspect, 0.01F), 1.0F, static_cast<float>(kHighest));
  Picture picture{kWidth, static_cast<std::size_t>(height), 1, {}};
  picture.pixels.assign(picture.width * picture.height, 255);
  std::size_t left = kMostDots;
  for (const auto& stroke : signature.strokes) {
    for (std::size_t i = 0; i < stroke.size(); ++i) draw_line(picture, stroke[i == 0 ? 0 : i - 1], stroke[i], left);
  }
  return encode_png(picture);
}

}  // namespace bangwu::pages
