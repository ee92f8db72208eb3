#include "capture_worker/page_checks.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr int kInkContrast = 48;  ///< of 255: darker than the paper by this is ink, not its shade or show-through
constexpr int kDarkestPaper = 128;
constexpr std::uint64_t kInkShare = 5'000;  ///< one pixel in so many
constexpr int kEdgePercent = 4;             ///< scanners leave shadows at the edges

}  // namespace

bool looks_blank(const Raster& preview) {
  std::array<std::uint64_t, 256> histogram{};
  std::uint64_t pixels = 0;
  const int left = preview.width * kEdgePercent / 100;
  const int top = preview.height * kEdgePercent / 100;
  for (int y = top; y < preview.height - top; ++y) {
    const std::uint8_t* pixel =
        preview.rgb.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(preview.width) + left) * 3;
    for (int x = left; x < preview.width - left; ++x, pixel += 3) {
      ++histogram[static_cast<std::size_t>((pixel[0] * 77 + pixel[1] * 150 + pixel[2] * 29) >> 8)];
      ++pixels;
    }
  }
  // Paper is what four pixels in five are at most as bright as.
  std::uint64_t seen = 0;
  int paper = 0;
  while (paper < 255 && (seen += histogram[static_cast<std::size_t>(paper)]) * 5 < pixels * 4) {
    ++paper;
  }
  std::uint64_t ink = 0;
  for (int level = 0; level < paper - kInkContrast; ++level) {
    ink += histogram[static_cast<std::size_t>(level)];
  }
  return pixels > 0 && paper >= kDarkestPaper && ink * kInkShare < pixels;
}

}  // namespace bangwu::capture_worker
