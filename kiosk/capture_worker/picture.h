#pragma once
#include <cstdint>
#include <span>
#include <tl/expected.hpp>

#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

/// A picture file decoded as far as its preview needs. Only workers decode.
struct DecodedPicture {
  int width = 0;  ///< of the file
  int height = 0;
  int quarter_turns = 0;  ///< see CapturedPage
  Raster raster;          ///< the whole picture, maybe smaller, its long side ≥ wanted_px unless the file's is less
};
using Decoding = tl::expected<DecodedPicture, domain::PageFault>;

struct DecodeLimits {
  std::int64_t max_pixels = 0;  ///< checked on the header: too_many_pixels before anything is allocated
  int wanted_px = 0;
};

/// JPEG by libjpeg-turbo: baseline and progressive; grey, YCbCr, CMYK. Every byte of the picture is looked at whatever
/// the scale: a file that ends early or whose code is broken is file_damaged.
[[nodiscard]] Decoding decode_jpeg(std::span<const std::uint8_t> file, const DecodeLimits& limits);

/// PNG by libpng: all kinds; checksums and the end of the file are verified.
[[nodiscard]] Decoding decode_png(std::span<const std::uint8_t> file, const DecodeLimits& limits);

/// A baseline JPEG of the picture, 4:2:0, with its dots an inch noted. An empty answer: no memory.
[[nodiscard]] base::Bytes encode_jpeg(const Raster& raster, int quality, int dots_per_inch);

/// Clockwise quarter turns of an Exif block (APP1 content, beginning with "Exif\0\0"); 0 if it says nothing usable or
/// asks for mirroring.
[[nodiscard]] int quarter_turns_of_exif(std::span<const std::uint8_t> block);

}  // namespace bangwu::capture_worker
