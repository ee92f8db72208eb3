#include "capture_worker/scan_frame.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

constexpr int kLongestLine = 20'000;

int samples_per_pixel(const FrameFormat& format) { return format.colour == FrameColour::rgb ? 3 : 1; }

/// The more significant byte of a 16-bit sample comes second on a little-endian machine (4.3.8: the host's order).
constexpr std::size_t kHighByte = std::endian::native == std::endian::little ? 1 : 0;

void convert_line(const FrameFormat& format, const std::uint8_t* line, std::uint8_t* rgb) {
  const auto pixels = static_cast<std::size_t>(format.pixels_per_line);
  if (format.colour == FrameColour::rgb && format.depth == 8) {
    std::memcpy(rgb, line, pixels * 3);
    return;
  }
  const std::size_t samples = pixels * static_cast<std::size_t>(samples_per_pixel(format));
  for (std::size_t i = 0; i < samples; ++i) {
    std::uint8_t level = 0;
    switch (format.depth) {
      case 1: level = (line[i / 8] >> (7 - i % 8) & 1) != 0 ? 0 : 255; break;  // a grey bit that is set is black
      case 16: level = line[i * 2 + kHighByte]; break;
      default: level = line[i];
    }
    if (format.colour == FrameColour::rgb) {
      *rgb++ = level;
    } else {
      rgb = std::fill_n(rgb, 3, level);
    }
  }
}

}  // namespace

const char* why_not_taken(const FrameFormat& format) {
  if (format.colour == FrameColour::one_of_three) {
    return "three-pass colour is not supported";
  }
  if (format.depth != 8 && format.depth != 16 && !(format.depth == 1 && format.colour == FrameColour::grey)) {
    return "bit depth is not supported";
  }
  if (format.pixels_per_line < 1 || format.pixels_per_line > kLongestLine) {
    return "line length is not possible";
  }
  const int bits = format.pixels_per_line * samples_per_pixel(format) * format.depth;
  return format.bytes_per_line < (bits + 7) / 8 || format.bytes_per_line > kLongestLine * 8 || format.lines < -1
             ? "frame size is not possible"
             : nullptr;
}

std::size_t most_bytes(const FrameFormat& format, std::int64_t max_pixels) {
  return static_cast<std::size_t>(max_pixels / format.pixels_per_line * format.bytes_per_line);
}

tl::expected<Raster, PageFault> raster_of_frame(const FrameFormat& format, std::span<const std::uint8_t> bytes) {
  const auto stride = static_cast<std::size_t>(format.bytes_per_line);
  const std::size_t lines = bytes.size() / stride;
  const bool is_short = format.lines >= 0 ? lines < static_cast<std::size_t>(format.lines) : bytes.size() % stride != 0;
  if (lines == 0 || is_short) {
    return tl::unexpected(PageFault::scan_incomplete);
  }
  const std::size_t out_stride = static_cast<std::size_t>(format.pixels_per_line) * 3;
  Raster raster{format.pixels_per_line, static_cast<int>(lines), base::Bytes(out_stride * lines)};
  for (std::size_t y = 0; y < lines; ++y) {
    convert_line(format, bytes.data() + y * stride, raster.rgb.data() + y * out_stride);
  }
  return raster;
}

}  // namespace bangwu::capture_worker
