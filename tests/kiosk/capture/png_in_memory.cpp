#include "png_in_memory.h"

#include <utility>

namespace bangwu::capture::test {
namespace {

void append(png_structp png, png_bytep data, png_size_t count) {
  auto& bytes = *static_cast<base::Bytes*>(png_get_io_ptr(png));
  bytes.insert(bytes.end(), data, data + count);
}

}  // namespace

PngInMemory::PngInMemory(int width, int height, int depth, int colour, int interlace)
    : png(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr)),
      info(png_create_info_struct(png)) {
  png_set_write_fn(png, &bytes_, append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), depth, colour, interlace,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
}

PngInMemory::~PngInMemory() { png_destroy_write_struct(&png, &info); }

base::Bytes PngInMemory::finish() {
  png_write_end(png, info);
  return std::move(bytes_);
}

}  // namespace bangwu::capture::test
