#include "golden_picture.h"

#include <png.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace bangwu::tests {
namespace {

struct Palette {
  std::vector<png_color> colours{};
  std::vector<std::uint8_t> indices{};
};

png_color colour_of(std::uint32_t pixel) {
  return {static_cast<png_byte>(pixel >> 16), static_cast<png_byte>(pixel >> 8), static_cast<png_byte>(pixel)};
}

// Nothing when there are too many colours.
Palette palette_of(const Bitmap& bitmap) {
  Palette palette;
  std::unordered_map<std::uint32_t, std::uint8_t> known;
  palette.indices.reserve(bitmap.pixels.size());
  for (const auto pixel : bitmap.pixels) {
    auto found = known.find(pixel);
    if (found == known.end()) {
      if (known.size() == 256) return {};
      found = known.emplace(pixel, static_cast<std::uint8_t>(known.size())).first;
      palette.colours.push_back(colour_of(pixel));
    }
    palette.indices.push_back(found->second);
  }
  return palette;
}

struct File {
  explicit File(const std::filesystem::path& path, const char* mode) : handle(std::fopen(path.c_str(), mode)) {}
  ~File() {
    if (handle) std::fclose(handle);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::FILE* handle;
};

void write_rows(png_structp png, const Bitmap& bitmap, const Palette& palette) {
  const auto width = static_cast<std::size_t>(bitmap.width);
  std::vector<std::uint8_t> row(width * 3);
  for (std::size_t y = 0; y < static_cast<std::size_t>(bitmap.height); ++y) {
    if (!palette.indices.empty()) {
      png_write_row(png, palette.indices.data() + y * width);
      continue;
    }
    for (std::size_t x = 0; x < width; ++x) {
      const auto colour = colour_of(bitmap.pixels[y * width + x]);
      row[x * 3] = colour.red;
      row[x * 3 + 1] = colour.green;
      row[x * 3 + 2] = colour.blue;
    }
    png_write_row(png, row.data());
  }
}

Bitmap difference(const Bitmap& golden, const Bitmap& actual) {
  Bitmap shown = actual;
  const bool same_size = golden.width == actual.width && golden.height == actual.height;
  for (std::size_t i = 0; i < shown.pixels.size(); ++i) {
    const bool differs = !same_size || golden.pixels[i] != actual.pixels[i];
    // What is the same is washed out, what differs is red.
    shown.pixels[i] = differs ? 0xE00000U : 0xC0C0C0U + ((actual.pixels[i] >> 2) & 0x3F3F3FU);
  }
  return shown;
}

}  // namespace

bool write_png(const std::filesystem::path& file, const Bitmap& bitmap) {
  const File out(file, "wb");
  if (!out.handle) return false;
  const auto palette = palette_of(bitmap);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return false;
  }
  png_init_io(png, out.handle);
  const bool indexed = !palette.indices.empty();
  png_set_IHDR(png, info, static_cast<png_uint_32>(bitmap.width), static_cast<png_uint_32>(bitmap.height), 8,
               indexed ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (indexed) png_set_PLTE(png, info, palette.colours.data(), static_cast<int>(palette.colours.size()));
  png_set_compression_level(png, 9);
  png_set_compression_mem_level(png, 9);
  png_set_filter(png, 0, indexed ? PNG_FILTER_NONE : PNG_FILTER_UP);
  png_write_info(png, info);
  write_rows(png, bitmap, palette);
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return true;
}

Bitmap read_png(const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&image, file.c_str())) return {};
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> bytes(PNG_IMAGE_SIZE(image));
  if (!png_image_finish_read(&image, nullptr, bytes.data(), 0, nullptr)) return {};
  Bitmap bitmap{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  bitmap.pixels.reserve(bytes.size() / 3);
  for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
    bitmap.pixels.push_back(static_cast<std::uint32_t>(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]));
  }
  return bitmap;
}

Bitmap as_golden(const Bitmap& bitmap) {
  const auto common = bitmap.pixels.size() / 1000;
  std::unordered_map<std::uint32_t, std::size_t> counts;
  for (const auto pixel : bitmap.pixels) ++counts[pixel];
  const auto level = [](std::uint32_t value) { return (value * 15 + 127) / 255 * 17; };
  std::unordered_map<std::uint32_t, std::uint32_t> kept;
  for (const auto& [pixel, count] : counts) {
    const auto coarse = level(pixel >> 16 & 0xFF) << 16 | level(pixel >> 8 & 0xFF) << 8 | level(pixel & 0xFF);
    kept[pixel] = count >= common ? pixel : coarse;
  }
  Bitmap golden = bitmap;
  for (auto& pixel : golden.pixels) pixel = kept[pixel];
  return golden;
}

std::string compare_with_golden(const std::filesystem::path& folder, const std::string& name, const Bitmap& drawn) {
  const auto actual = as_golden(drawn);
  const auto golden_file = folder / (name + ".png");
  const char* update = std::getenv("BANGWU_UPDATE_GOLDENS");
  const auto golden = read_png(golden_file);
  if (golden == actual) return {};
  if (update && std::string_view{update} == "1") {
    return write_png(golden_file, actual) ? std::string{} : "cannot write " + golden_file.string();
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder / "actual", ignored);
  const bool written =
      write_png(folder / "actual" / (name + ".png"), actual) &&
      (golden.pixels.empty() || write_png(folder / "actual" / (name + ".difference.png"), difference(golden, actual)));
  const std::string where =
      written ? "; see tests/goldens/actual/" + name + ".png" : "; and the actual picture could not be written";
  if (golden.pixels.empty()) return "there is no golden " + golden_file.string() + where;
  return name + " differs from its golden" + where;
}

}  // namespace bangwu::tests
