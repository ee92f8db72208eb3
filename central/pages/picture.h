#pragma once
// Private to this room: pixels between a decoder and an encoder.
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::pages {

/// 8 bits a channel, rows without padding; 1 channel (grey) or 3 (RGB).
struct Picture {
  std::size_t width = 0, height = 0, channels = 3;
  base::Bytes pixels;
};
inline constexpr std::size_t kMostPixels = 120'000'000;

/// `corrupt` or `unsupported` (too large).
[[nodiscard]] base::Result<Picture> decode_jpeg(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Picture> decode_png(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Bytes encode_jpeg(const Picture& picture);
[[nodiscard]] base::Bytes encode_png(const Picture& picture);

}  // namespace bangwu::pages
