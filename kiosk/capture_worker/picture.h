#pragma once
#include <cstdint>
#include <span>
#include <tl/expected.hpp>

#include "capture/decoded_page.h"
#include "capture_worker/orientation.h"
#include "capture_worker/scale_down.h"

namespace bangwu::capture_worker {
using capture::Raster;

enum class FileColours { plain, need_their_profile };

/// A picture file decoded at the size that was wanted. Only workers decode.
struct DecodedPicture {
  PixelSize size;  ///< of the file
  Orientation orientation = Orientation::top_left;
  double aspect = 1;                         ///< its pixels' height over their width
  FileColours colours = FileColours::plain;  ///< whether a program that ignores its ICC profile shows it right
  Raster raster;  ///< the whole picture in sRGB, its pixels square, its long side wanted_px unless the file's is less
};
using Decoding = tl::expected<DecodedPicture, domain::PageFault>;

struct DecodeLimits {
  std::int64_t max_pixels = 0;  ///< checked on the header: too_many_pixels before anything is allocated
  int wanted_px = 0;
};

/// JPEG by libjpeg-turbo: baseline and progressive; grey, YCbCr, RGB, CMYK. Every byte of the picture is looked at
/// whatever the scale: a file that ends early or whose code is broken is file_damaged, lossless and 12-bit ones are
/// picture_kind. Of a file with several pictures (MPO) it is the first.
[[nodiscard]] Decoding decode_jpeg(std::span<const std::uint8_t> file, const DecodeLimits& limits);

/// PNG by libpng: all kinds, laid on white; checksums and the end of the file are verified.
[[nodiscard]] Decoding decode_png(std::span<const std::uint8_t> file, const DecodeLimits& limits);

/// A baseline JPEG of the picture, 4:2:0, with its dots an inch noted. An empty answer: no memory.
[[nodiscard]] base::Bytes encode_jpeg(const Raster& raster, int quality, int dots_per_inch);

}  // namespace bangwu::capture_worker
