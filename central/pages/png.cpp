#include <png.h>

#include "pages/picture.h"

namespace bangwu::pages {
namespace {

/// libpng's simplified API, which knows neither text nor profiles on writing.
struct Image {
  png_image image{};
  Image() { image.version = PNG_IMAGE_VERSION; }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  ~Image() { png_image_free(&image); }
};

}  // namespace

base::Result<Picture> decode_png(std::span<const std::uint8_t> bytes) {
  Image reader;
  png_image& image = reader.image;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    return base::fail(base::ErrorCode::corrupt, "no PNG");
  if (static_cast<std::size_t>(image.width) * image.height > kMostPixels)
    return base::fail(base::ErrorCode::unsupported, "the picture is too large");
  const bool is_grey = (image.format & PNG_FORMAT_FLAG_COLOR) == 0;
  image.format = is_grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  Picture picture{image.width, image.height, is_grey ? 1U : 3U, {}};
  picture.pixels.resize(PNG_IMAGE_SIZE(image));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, picture.pixels.data(), 0, nullptr) == 0)
    return base::fail(base::ErrorCode::corrupt, "no PNG that can be decoded");
  return picture;
}

base::Bytes encode_png(const Picture& picture) {
  Image writer;
  png_image& image = writer.image;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = picture.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  base::Bytes bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  const bool is_written =
      png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr) != 0;
  bytes.resize(is_written ? size : 0);
  return bytes;
}

}  // namespace bangwu::pages
