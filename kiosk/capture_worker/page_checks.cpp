#include "capture_worker/page_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr int kInkContrast = 48;  ///< of 255: darker than the paper by this is ink, not its shade or show-through
constexpr int kDarkestPaper = 128;
constexpr std::uint64_t kInkShare = 5'000;  ///< one pixel in so many
constexpr int kEdgePercent = 4;             ///< so far in scanners leave shadows that begin at the very edge

/// How dark the darkest of a pixel's colours is: yellow on white is ink as well.
int level_of(const std::uint8_t* pixel) { return std::min({pixel[0], pixel[1], pixel[2]}); }

/// Paper is what four pixels in five are at most as bright as.
int paper_of(const Raster& preview) {
  std::array<std::uint64_t, 256> histogram{};
  for (std::size_t at = 0; at < preview.rgb.size(); at += 3) {
    ++histogram[static_cast<std::size_t>(level_of(preview.rgb.data() + at))];
  }
  const std::uint64_t pixels = preview.rgb.size() / 3;
  std::uint64_t seen = 0;
  int paper = 0;
  while (paper < 255 && (seen += histogram[static_cast<std::size_t>(paper)]) * 5 < pixels * 4) {
    ++paper;
  }
  return paper;
}

/// Which pixels are ink, and how many.
class Ink {
 public:
  Ink(const Raster& preview, int paper)
      : width_(preview.width), height_(preview.height), is_ink_(preview.rgb.size() / 3) {
    for (std::size_t i = 0; i < is_ink_.size(); ++i) {
      is_ink_[i] = level_of(preview.rgb.data() + i * 3) < paper - kInkContrast ? 1 : 0;
    }
  }

  /// What is dark from the very edge on, without a gap, as far in as shadows reach, is no ink.
  void forget_shadows() {
    const int across = width_ * kEdgePercent / 100;
    const int down = height_ * kEdgePercent / 100;
    for (int x = 0; x < width_; ++x) {
      forget_run(x, width_, down);
      forget_run(at(x, height_ - 1), -width_, down);
    }
    for (int y = 0; y < height_; ++y) {
      forget_run(at(0, y), 1, across);
      forget_run(at(width_ - 1, y), -1, across);
    }
  }

  [[nodiscard]] std::uint64_t pixels() const {
    return static_cast<std::uint64_t>(std::ranges::count(is_ink_, std::uint8_t{1}));
  }

 private:
  [[nodiscard]] std::ptrdiff_t at(int x, int y) const { return std::ptrdiff_t{y} * width_ + x; }

  void forget_run(std::ptrdiff_t pixel, std::ptrdiff_t step, int most) {
    for (int i = 0; i < most && is_ink_[static_cast<std::size_t>(pixel)] != kNone; ++i, pixel += step) {
      is_ink_[static_cast<std::size_t>(pixel)] = kShadow;
    }
  }

  static constexpr std::uint8_t kNone = 0;
  static constexpr std::uint8_t kShadow = 2;
  int width_;
  int height_;
  std::vector<std::uint8_t> is_ink_;
};

}  // namespace

bool looks_blank(const Raster& preview) {
  const int paper = paper_of(preview);
  if (preview.rgb.empty() || paper < kDarkestPaper) {
    return false;
  }
  Ink ink(preview, paper);
  ink.forget_shadows();
  return ink.pixels() * kInkShare < preview.rgb.size() / 3;
}

}  // namespace bangwu::capture_worker
