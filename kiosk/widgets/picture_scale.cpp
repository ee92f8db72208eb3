#include <algorithm>
#include <cmath>

#include "widgets/picture_data.h"

namespace bangwu::widgets {
namespace {

/// The source pixels behind one output pixel along one axis, with weights that add up to 256.
struct Span {
  int first = 0;
  std::vector<std::uint32_t> weights;
};

/// Area averages when shrinking, linear interpolation when enlarging.
std::vector<Span> spans_of(float start, float length, int count, int limit) {
  std::vector<Span> spans(static_cast<std::size_t>(count));
  const float step = length / static_cast<float>(count);
  const float reach = std::max(step, 1.F);
  for (int i = 0; i < count; ++i) {
    const float middle = start + (static_cast<float>(i) + 0.5F) * step;
    const float from = middle - reach / 2;
    const float to = middle + reach / 2;
    Span& span = spans[static_cast<std::size_t>(i)];
    span.first = std::clamp(static_cast<int>(std::floor(from)), 0, limit - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(to)) - 1, span.first, limit - 1);
    std::uint32_t left = 256;
    for (int s = span.first; s <= last; ++s) {
      const float cover = std::min(to, static_cast<float>(s + 1)) - std::max(from, static_cast<float>(s));
      const auto weight = std::min(left, static_cast<std::uint32_t>(std::lround(std::max(0.F, cover) / reach * 256)));
      span.weights.push_back(weight);
      left -= weight;
    }
    span.weights[span.weights.size() / 2] += left;
  }
  return spans;
}

struct Sum {
  std::uint32_t r = 0, g = 0, b = 0;
  void add(std::uint32_t pixel, std::uint32_t weight) {
    r += (pixel >> 16 & 0xFFU) * weight;
    g += (pixel >> 8 & 0xFFU) * weight;
    b += (pixel & 0xFFU) * weight;
  }
};

/// Steps through the source as the turned picture is walked: right is dx, down is dy.
struct Walk {
  std::ptrdiff_t origin, dx, dy;
};

Walk walk_of(Rotation rotation, std::ptrdiff_t width, std::ptrdiff_t height) {
  switch (rotation) {
    case Rotation::none: return {0, 1, width};
    case Rotation::quarter: return {(height - 1) * width, -width, 1};
    case Rotation::half: return {height * width - 1, -1, -width};
    case Rotation::three_quarters: return {width - 1, width, -1};
  }
  return {0, 1, width};
}

std::uint32_t averaged(const std::uint32_t* source, const Walk& walk, const Span& across, const Span& down) {
  std::uint32_t r = 0, g = 0, b = 0;
  const std::uint32_t* row = source + walk.origin + across.first * walk.dx + down.first * walk.dy;
  for (const std::uint32_t row_weight : down.weights) {
    Sum sum;
    const std::uint32_t* pixel = row;
    for (const std::uint32_t weight : across.weights) {
      sum.add(*pixel, weight);
      pixel += walk.dx;
    }
    r += sum.r * row_weight >> 8;
    g += sum.g * row_weight >> 8;
    b += sum.b * row_weight >> 8;
    row += walk.dy;
  }
  const auto byte = [](std::uint32_t value) { return std::min<std::uint32_t>(255, (value + 128) >> 8); };
  return 0xFF000000U | byte(r) << 16 | byte(g) << 8 | byte(b);
}

}  // namespace

Size Picture::Data::turned(Rotation rotation) const {
  const bool swapped = rotation == Rotation::quarter || rotation == Rotation::three_quarters;
  return {static_cast<float>(swapped ? height : width), static_cast<float>(swapped ? width : height)};
}

const Texture& Picture::Data::show(const View& wanted) {
  const auto known = std::find_if(copies.begin(), copies.end(), [&](const auto& copy) { return copy->view == wanted; });
  if (known != copies.end()) {
    std::rotate(known, known + 1, copies.end());
    return copies.back()->texture;
  }
  if (copies.size() == kMostCopies) {
    copies.erase(copies.begin());
  }
  const Size size = turned(wanted.rotation);
  const Walk walk = walk_of(wanted.rotation, width, height);
  const std::vector<Span> across = spans_of(wanted.x, wanted.w, wanted.out_width, static_cast<int>(size.w));
  const std::vector<Span> down = spans_of(wanted.y, wanted.h, wanted.out_height, static_cast<int>(size.h));
  auto copy = std::make_unique<Copy>();
  copy->view = wanted;
  copy->pixels.reserve(across.size() * down.size());
  for (const Span& row : down) {
    for (const Span& column : across) {
      copy->pixels.push_back(averaged(pixels.data(), walk, column, row));
    }
  }
  copy->texture = {Texture::Kind::picture, wanted.out_width, wanted.out_height, copy->pixels.data(),
                   next_texture_serial()};
  copies.push_back(std::move(copy));
  return copies.back()->texture;
}

}  // namespace bangwu::widgets
