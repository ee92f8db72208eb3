#include "sample_files.h"

#include <cstdio>
#include <cstdlib>
// jpeglib.h wants size_t and FILE from the lines above.
#include <jpeglib.h>
#include <png.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "png_in_memory.h"

namespace bangwu::capture::test {
namespace {

void paint(Raster& raster, int left, int top, int width, int height, std::array<std::uint8_t, 3> colour) {
  for (int y = std::max(top, 0); y < std::min(top + height, raster.height); ++y) {
    for (int x = std::max(left, 0); x < std::min(left + width, raster.width); ++x) {
      std::ranges::copy(colour, raster.rgb.begin() + (std::ptrdiff_t{y} * raster.width + x) * 3);
    }
  }
}

void write_png_rows(png_structp png, const Raster& raster, PngFlavour flavour) {
  const bool has_alpha = flavour == PngFlavour::half_transparent;
  std::vector<base::Bytes> rows;
  std::vector<png_bytep> pointers;
  for (int y = 0; y < raster.height; ++y) {
    base::Bytes row;
    const auto* pixel = raster.rgb.data() + std::size_t{3} * static_cast<std::size_t>(y) * raster.width;
    for (int x = 0; x < raster.width; ++x, pixel += 3) {
      row.insert(row.end(), pixel, pixel + 3);
      if (has_alpha) {
        row.push_back(128);
      }
    }
    rows.push_back(std::move(row));
  }
  for (base::Bytes& row : rows) {
    pointers.push_back(row.data());
  }
  png_write_image(png, pointers.data());
}

}  // namespace

Folder::Folder(const std::filesystem::path& parent) {
  std::string name = (parent / "capture-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("no temporary directory");
  }
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::put(const std::string& name, std::span<const std::uint8_t> bytes) const {
  return put(name, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::filesystem::path Folder::put(const std::string& name, std::string_view text) const {
  const std::filesystem::path path = path_ / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
  return path;
}

Raster plain_page(int width, int height, std::uint8_t level) {
  return {width, height, base::Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, level)};
}

Raster written_page(int width, int height) {
  Raster page = plain_page(width, height, 250);
  const int line = std::max(height / 60, 2);
  for (int y = line * 6; y < height * 9 / 10; y += line * 2) {
    for (int x = width / 10; x < width * 9 / 10; x += line) {
      paint(page, x, y, line * ((x * 7 + y * 3) % 5) / 6 + 1, line * 3 / 4, {60, 60, 64});
    }
  }
  paint(page, 0, 0, width / 4, height / 8, {220, 30, 30});
  paint(page, 0, height * 19 / 20, width, height / 20 + 1, {20, 20, 20});
  return page;
}

base::Bytes exif_block(int orientation) {
  base::Bytes block{'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1};
  const base::Bytes value{0, static_cast<std::uint8_t>(orientation), 0, 0, 0, 0, 0, 0};
  block.insert(block.end(), value.begin(), value.end());
  return block;
}

base::Bytes jpeg_file(const Raster& raster, JpegFlavour flavour, int orientation) {
  jpeg_error_mgr errors{};
  jpeg_compress_struct codec{};
  codec.err = jpeg_std_error(&errors);
  jpeg_create_compress(&codec);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&codec, &buffer, &size);
  codec.image_width = static_cast<JDIMENSION>(raster.width);
  codec.image_height = static_cast<JDIMENSION>(raster.height);
  const bool is_cmyk = flavour == JpegFlavour::cmyk;
  codec.input_components = is_cmyk ? 4 : 3;
  codec.in_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, 90, TRUE);
  if (flavour == JpegFlavour::grey) {
    jpeg_set_colorspace(&codec, JCS_GRAYSCALE);
  }
  if (flavour == JpegFlavour::progressive) {
    jpeg_simple_progression(&codec);
  }
  jpeg_start_compress(&codec, TRUE);
  if (orientation != 0) {
    const base::Bytes block = exif_block(orientation);
    jpeg_write_marker(&codec, JPEG_APP0 + 1, block.data(), static_cast<unsigned>(block.size()));
  }
  const std::uint8_t* pixel = raster.rgb.data();
  base::Bytes row;
  for (int y = 0; y < raster.height; ++y) {
    row.clear();
    for (int x = 0; x < raster.width; ++x, pixel += 3) {
      row.insert(row.end(), pixel, pixel + 3);
      if (is_cmyk) {
        row.push_back(255);  // no black; inverted, as Adobe writes it
      }
    }
    JSAMPROW pointer = row.data();
    jpeg_write_scanlines(&codec, &pointer, 1);
  }
  jpeg_finish_compress(&codec);
  base::Bytes file(buffer, buffer + size);
  jpeg_destroy_compress(&codec);
  std::free(buffer);
  return file;
}

base::Bytes jpeg_claiming(int width, int height) {
  base::Bytes file = jpeg_file(plain_page(16, 16, 200));
  const base::Bytes marker{0xFF, 0xC0};
  const auto frame = std::search(file.begin(), file.end(), marker.begin(), marker.end());
  frame[5] = static_cast<std::uint8_t>(height >> 8);
  frame[6] = static_cast<std::uint8_t>(height);
  frame[7] = static_cast<std::uint8_t>(width >> 8);
  frame[8] = static_cast<std::uint8_t>(width);
  return file;
}

base::Bytes png_file(const Raster& raster, PngFlavour flavour) {
  PngInMemory png(raster.width, raster.height, 8,
                  flavour == PngFlavour::half_transparent ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                  flavour == PngFlavour::interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE);
  png_set_compression_level(png.png, 1);
  png_write_info(png.png, png.info);
  write_png_rows(png.png, raster, flavour);
  return png.finish();
}

base::Bytes huge_png(int width, int height) {
  PngInMemory png(width, height, 1, PNG_COLOR_TYPE_GRAY);
  png_write_info(png.png, png.info);
  const base::Bytes row(static_cast<std::size_t>(width) / 8 + 1);
  for (int y = 0; y < height; ++y) {
    png_write_row(png.png, row.data());
  }
  return png.finish();
}

base::Bytes first_part(const base::Bytes& bytes, double share) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(bytes.size()) * share)};
}

}  // namespace bangwu::capture::test
