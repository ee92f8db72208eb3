#include <png.h>

#include <algorithm>
#include <array>

#include "capture_worker/picture.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

/// libpng's simplified reader stops at the last row. A file that was cut off after it is still cut off: walk the chunks
/// (ISO/IEC 15948, 5.3: length, type, data, check) to IEND.
bool reaches_its_end(std::span<const std::uint8_t> file) {
  constexpr std::size_t kSignature = 8;
  constexpr std::size_t kAroundData = 12;
  constexpr std::array<std::uint8_t, 4> kEnd{'I', 'E', 'N', 'D'};
  std::size_t at = kSignature;
  while (at + kAroundData <= file.size()) {
    const std::size_t length = std::size_t{file[at]} << 24 | std::size_t{file[at + 1]} << 16 |
                               std::size_t{file[at + 2]} << 8 | std::size_t{file[at + 3]};
    if (length > file.size() - at - kAroundData) {
      return false;
    }
    if (std::ranges::equal(file.subspan(at + 4, 4), kEnd)) {
      return true;
    }
    at += kAroundData + length;
  }
  return false;
}

struct PngImage {
  png_image image{};
  PngImage() { image.version = PNG_IMAGE_VERSION; }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;
  ~PngImage() { png_image_free(&image); }
};

}  // namespace

Decoding decode_png(std::span<const std::uint8_t> file, const DecodeLimits& limits) {
  using domain::PageFault;
  PngImage png;
  if (png_image_begin_read_from_memory(&png.image, file.data(), file.size()) == 0) {
    return tl::unexpected(PageFault::file_damaged);
  }
  if (std::int64_t{png.image.width} * png.image.height > limits.max_pixels) {
    return tl::unexpected(PageFault::too_many_pixels);
  }
  if (!reaches_its_end(file)) {
    return tl::unexpected(PageFault::file_damaged);
  }
  png.image.format = PNG_FORMAT_RGB;
  const int width = static_cast<int>(png.image.width);
  const int height = static_cast<int>(png.image.height);
  DecodedPicture picture{width, height, 0, {width, height, base::Bytes(PNG_IMAGE_SIZE(png.image))}};
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&png.image, &white, picture.raster.rgb.data(), 0, nullptr) == 0) {
    return tl::unexpected(PageFault::file_damaged);
  }
  return picture;
}

}  // namespace bangwu::capture_worker
