#include "capture_worker/scale_down.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr std::uint32_t kOne = 256;  ///< the weight of a source pixel that lies wholly inside

/// The source pixels one target pixel covers: full ones between two that it may share with its neighbours.
struct Cover {
  int first = 0;
  int last = 0;
  std::uint32_t first_weight = kOne;
  std::uint32_t last_weight = kOne;
  float share_of_one = 0;  ///< 1 / the sum of the weights
};

std::vector<Cover> covers(int from, int to) {
  std::vector<Cover> result(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const double begin = static_cast<double>(i) * from / to;
    const double end = static_cast<double>(i + 1) * from / to;
    Cover cover;
    cover.first = std::min(static_cast<int>(begin), from - 1);
    cover.last = std::clamp(static_cast<int>(std::ceil(end)) - 1, cover.first, from - 1);
    cover.first_weight = static_cast<std::uint32_t>(std::lround((cover.first + 1 - begin) * kOne));
    cover.last_weight = static_cast<std::uint32_t>(std::lround((end - cover.last) * kOne));
    if (cover.first == cover.last) {
      cover.first_weight = kOne;
    }
    const std::uint32_t inner = kOne * static_cast<std::uint32_t>(std::max(0, cover.last - cover.first - 1));
    const std::uint32_t sum = cover.first_weight + inner + (cover.last > cover.first ? cover.last_weight : 0);
    cover.share_of_one = 1.0F / static_cast<float>(std::max(sum, 1U));
    result[static_cast<std::size_t>(i)] = cover;
  }
  return result;
}

/// One source row brought to the target's width.
void reduce_row(const std::uint8_t* row, const std::vector<Cover>& columns, float* out) {
  for (const Cover& cover : columns) {
    const std::uint8_t* pixel = row + static_cast<std::ptrdiff_t>(cover.first) * 3;
    std::uint32_t r = pixel[0] * cover.first_weight;
    std::uint32_t g = pixel[1] * cover.first_weight;
    std::uint32_t b = pixel[2] * cover.first_weight;
    for (int x = cover.first + 1; x <= cover.last; ++x) {
      pixel += 3;
      const std::uint32_t share = x == cover.last ? cover.last_weight : kOne;
      r += pixel[0] * share;
      g += pixel[1] * share;
      b += pixel[2] * share;
    }
    out[0] = static_cast<float>(r) * cover.share_of_one;
    out[1] = static_cast<float>(g) * cover.share_of_one;
    out[2] = static_cast<float>(b) * cover.share_of_one;
    out += 3;
  }
}

}  // namespace

PixelSize fit(PixelSize size, int longest_side) {
  const int longest = std::max(size.width, size.height);
  if (longest <= longest_side) {
    return size;
  }
  const auto scaled = [&](int side) {
    return std::max(1, static_cast<int>(std::int64_t{side} * longest_side / longest));
  };
  return {scaled(size.width), scaled(size.height)};
}

Raster scale_down(const Raster& raster, int longest_side) {
  const PixelSize size = fit({raster.width, raster.height}, longest_side);
  if (size.width == raster.width && size.height == raster.height) {
    return raster;
  }
  const std::vector<Cover> columns = covers(raster.width, size.width);
  const std::vector<Cover> rows = covers(raster.height, size.height);
  const std::size_t stride = static_cast<std::size_t>(size.width) * 3;
  Raster result{size.width, size.height, base::Bytes(stride * static_cast<std::size_t>(size.height))};
  std::vector<float> reduced(stride);
  std::vector<float> sums(stride);
  int reduced_row = -1;  // a row shared by two target rows is reduced once
  std::uint8_t* out = result.rgb.data();
  for (const Cover& cover : rows) {
    std::ranges::fill(sums, 0.0F);
    for (int y = cover.first; y <= cover.last; ++y) {
      if (y != reduced_row) {
        reduce_row(raster.rgb.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) * 3,
                   columns, reduced.data());
        reduced_row = y;
      }
      const auto share = static_cast<float>(y == cover.first  ? cover.first_weight
                                            : y == cover.last ? cover.last_weight
                                                              : kOne);
      for (std::size_t i = 0; i < stride; ++i) {
        sums[i] += reduced[i] * share;
      }
    }
    for (std::size_t i = 0; i < stride; ++i) {
      out[i] = static_cast<std::uint8_t>(std::min(sums[i] * cover.share_of_one + 0.5F, 255.0F));
    }
    out += stride;
  }
  return result;
}

}  // namespace bangwu::capture_worker
