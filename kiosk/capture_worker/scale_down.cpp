#include "capture_worker/scale_down.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
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

PixelSize fit_pixels(PixelSize size, std::int64_t most) {
  const double pixels = static_cast<double>(size.width) * size.height;
  if (pixels <= static_cast<double>(most)) {
    return size;
  }
  const int longest = std::max(size.width, size.height);
  return fit(size, std::max(1, static_cast<int>(longest * std::sqrt(static_cast<double>(most) / pixels))));
}

double sane_aspect(double aspect) {
  constexpr double kMost = 4.2;  // 204 × 49 dots an inch, the coarsest fax there was
  constexpr double kUnseen = 0.02;
  const bool is_meant = aspect > 1 / kMost && aspect < kMost && std::abs(aspect - 1) > kUnseen;
  return is_meant ? aspect : 1;
}

PixelSize with_square_pixels(PixelSize size, double aspect) {
  return aspect >= 1 ? PixelSize{size.width, static_cast<int>(std::lround(size.height * aspect))}
                     : PixelSize{static_cast<int>(std::lround(size.width / aspect)), size.height};
}

struct RowScaler::State {
  std::vector<Cover> columns;
  std::vector<Cover> rows;
  Raster result;
  std::vector<float> reduced;
  std::vector<float> sums;
  bool is_copy = false;
  int next_row = 0;            ///< of those that come
  std::size_t unfinished = 0;  ///< the target row that is being summed up

  /// The source row `reduced` belongs to this target row; true when the row is complete.
  bool add_to(const Cover& cover, int row) {
    const auto share = static_cast<float>(row == cover.first  ? cover.first_weight
                                          : row == cover.last ? cover.last_weight
                                                              : kOne);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] += reduced[i] * share;
    }
    return row == cover.last;
  }

  void finish_row(const Cover& cover) {
    std::uint8_t* out = result.rgb.data() + unfinished * sums.size();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      out[i] = static_cast<std::uint8_t>(std::min(sums[i] * cover.share_of_one + 0.5F, 255.0F));
    }
    std::ranges::fill(sums, 0.0F);
    ++unfinished;
  }
};

RowScaler::RowScaler(PixelSize from, PixelSize to)
    : state_(std::make_unique<State>(State{.columns = covers(from.width, to.width),
                                           .rows = covers(from.height, to.height),
                                           .result = {to.width, to.height, {}},
                                           .reduced = {},
                                           .sums = {},
                                           .is_copy = from == to})) {
  const std::size_t stride = static_cast<std::size_t>(to.width) * 3;
  state_->result.rgb.resize(stride * static_cast<std::size_t>(to.height));
  state_->reduced.resize(stride);
  state_->sums.resize(stride);
}

RowScaler::RowScaler(RowScaler&&) noexcept = default;
RowScaler& RowScaler::operator=(RowScaler&&) noexcept = default;
RowScaler::~RowScaler() = default;

void RowScaler::add_row(const std::uint8_t* row) {
  State& state = *state_;
  const int number = state.next_row++;
  if (state.is_copy) {
    std::copy_n(row, state.sums.size(), state.result.rgb.data() + static_cast<std::size_t>(number) * state.sums.size());
    return;
  }
  reduce_row(row, state.columns, state.reduced.data());
  while (state.unfinished < state.rows.size()) {
    const Cover& cover = state.rows[state.unfinished];
    if (number < cover.first || !state.add_to(cover, number)) {
      return;
    }
    state.finish_row(cover);
  }
}

Raster RowScaler::take() { return std::move(state_->result); }

Raster scale_down(const Raster& raster, int longest_side) {
  const PixelSize size = fit({raster.width, raster.height}, longest_side);
  if (size.width == raster.width && size.height == raster.height) {
    return raster;
  }
  RowScaler scaler({raster.width, raster.height}, size);
  for (int y = 0; y < raster.height; ++y) {
    scaler.add_row(raster.rgb.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) * 3);
  }
  return scaler.take();
}

}  // namespace bangwu::capture_worker
