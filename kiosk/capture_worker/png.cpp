#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture_worker/colour_profile.h"
#include "capture_worker/picture.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

/// libpng stops at the last row. A file that was cut off after it is still cut off: walk the chunks
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

/// libpng reports errors by calling back and leaves by longjmp: functions that can be left so hold nothing that must be
/// destroyed, everything lives here.
struct PngReader {
  std::span<const std::uint8_t> rest;
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::vector<std::uint8_t> rows;  ///< one, or all of an interlaced picture
  std::vector<png_bytep> pointers;
  ColourProfile profile;
  std::optional<RowScaler> scaler;
  PngReader() = default;
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void read_bytes(png_structp png, png_bytep target, png_size_t count) {
  auto& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
  if (count > reader.rest.size()) {
    png_error(png, "end of file");
  }
  std::memcpy(target, reader.rest.data(), count);
  reader.rest = reader.rest.subspan(count);
}

void on_error(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void on_warning(png_structp, png_const_charp) {}

/// Everything becomes 8 bits of red, green and blue in sRGB's gamma; what shines through shines on white.
void ask_for_rgb(png_structp png, png_infop info) {
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_gamma(png, PNG_DEFAULT_sRGB, PNG_DEFAULT_sRGB);
  const bool is_clear =
      (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  if (is_clear) {
    const png_color_16 white{.index = 0, .red = 0xFF, .green = 0xFF, .blue = 0xFF, .gray = 0xFF};
    png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
  }
  png_read_update_info(png, info);
}

bool read_header(PngReader& reader) {
  reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
  reader.info = reader.png == nullptr ? nullptr : png_create_info_struct(reader.png);
  if (reader.info == nullptr || setjmp(png_jmpbuf(reader.png)) != 0) {
    return false;
  }
  constexpr png_uint_32 kLongest = 1'000'000;
  png_set_user_limits(reader.png, kLongest, kLongest);
  png_set_read_fn(reader.png, &reader, read_bytes);
  png_read_info(reader.png, reader.info);
  return true;
}

bool begin_pixels(PngReader& reader) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) {
    return false;
  }
  ask_for_rgb(reader.png, reader.info);
  return true;
}

bool read_rows(PngReader& reader, png_uint_32 width, png_uint_32 height) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) {
    return false;
  }
  if (!reader.pointers.empty()) {
    png_read_image(reader.png, reader.pointers.data());
  }
  for (png_uint_32 y = 0; y < height; ++y) {
    png_bytep row = reader.pointers.empty() ? reader.rows.data() : reader.pointers[y];
    if (reader.pointers.empty()) {
      png_read_row(reader.png, row, nullptr);
    }
    reader.profile.to_srgb(row, width);
    reader.scaler->add_row(row);
  }
  png_read_end(reader.png, reader.info);
  return true;
}

/// ImageMagick and others keep an Exif block as text: a newline, a name, a count, then hexadecimal digits.
base::Bytes bytes_of_raw_profile(std::string_view text) {
  std::size_t at = 0;
  for (int line = 0; line < 3 && at != std::string_view::npos; ++line) {
    at = text.find('\n', at);
    at = at == std::string_view::npos ? at : at + 1;
  }
  base::Bytes bytes;
  int high = -1;
  for (const char c : text.substr(std::min(at, text.size()))) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit >= 0 && high < 0) {
      high = digit;
    } else if (digit >= 0) {
      bytes.push_back(static_cast<std::uint8_t>(high << 4 | digit));
      high = -1;
    }
  }
  return bytes;
}

Orientation orientation_of_text(const png_text& text) {
  const std::string_view key(text.key);
  const bool is_long = text.compression == PNG_ITXT_COMPRESSION_NONE || text.compression == PNG_ITXT_COMPRESSION_zTXt;
  const std::string_view words(text.text, is_long ? text.itxt_length : text.text_length);
  if (key == "XML:com.adobe.xmp") {
    return orientation_of_xmp(words);
  }
  const bool is_exif = key == "Raw profile type exif" || key == "Raw profile type APP1";
  return is_exif ? orientation_of_exif(bytes_of_raw_profile(words)) : Orientation::top_left;
}

/// After the last chunk: what tells it may stand behind the picture. The eXIf chunk goes first, then texts.
Orientation orientation_of(const PngReader& reader) {
  png_bytep exif = nullptr;
  png_uint_32 length = 0;
  if (png_get_eXIf_1(reader.png, reader.info, &length, &exif) != 0) {
    if (const auto found = orientation_of_tiff({exif, length}); found != Orientation::top_left) {
      return found;
    }
  }
  png_textp texts = nullptr;
  int count = 0;
  png_get_text(reader.png, reader.info, &texts, &count);
  for (int i = 0; i < count; ++i) {
    if (const auto found = orientation_of_text(texts[i]); found != Orientation::top_left) {
      return found;
    }
  }
  return Orientation::top_left;
}

double aspect_of(const PngReader& reader) {
  const png_uint_32 x = png_get_x_pixels_per_meter(reader.png, reader.info);
  const png_uint_32 y = png_get_y_pixels_per_meter(reader.png, reader.info);
  return x == 0 || y == 0 ? 1 : sane_aspect(static_cast<double>(x) / y);
}

ColourProfile profile_of(const PngReader& reader) {
  png_charp name = nullptr;
  png_bytep icc = nullptr;
  png_uint_32 length = 0;
  int compression = 0;
  const bool is_there = png_get_iCCP(reader.png, reader.info, &name, &compression, &icc, &length) != 0;
  return is_there ? ColourProfile({icc, length}) : ColourProfile();
}

/// Room for one row, or for all of an interlaced picture.
void make_room(PngReader& reader, png_uint_32 height) {
  const std::size_t stride = png_get_rowbytes(reader.png, reader.info);
  const bool is_interlaced = png_get_interlace_type(reader.png, reader.info) != PNG_INTERLACE_NONE;
  reader.rows.resize(is_interlaced ? stride * height : stride);
  for (png_uint_32 y = 0; is_interlaced && y < height; ++y) {
    reader.pointers.push_back(reader.rows.data() + stride * y);
  }
}

}  // namespace

Decoding decode_png(std::span<const std::uint8_t> file, const DecodeLimits& limits) {
  PngReader reader{};
  reader.rest = file;
  if (!read_header(reader)) {
    return tl::unexpected(PageFault::file_damaged);
  }
  const png_uint_32 width = png_get_image_width(reader.png, reader.info);
  const png_uint_32 height = png_get_image_height(reader.png, reader.info);
  DecodedPicture picture;
  picture.size = {static_cast<int>(width), static_cast<int>(height)};
  if (std::int64_t{width} * height > limits.max_pixels) {
    return tl::unexpected(PageFault::too_many_pixels);
  }
  if (!reaches_its_end(file) || !begin_pixels(reader)) {
    return tl::unexpected(PageFault::file_damaged);
  }
  picture.aspect = aspect_of(reader);
  reader.profile = profile_of(reader);
  picture.colours = reader.profile.may_be_ignored() ? FileColours::plain : FileColours::need_their_profile;
  reader.scaler.emplace(picture.size, fit(with_square_pixels(picture.size, picture.aspect), limits.wanted_px));
  make_room(reader, height);
  if (!read_rows(reader, width, height)) {
    return tl::unexpected(PageFault::file_damaged);
  }
  picture.orientation = orientation_of(reader);
  picture.raster = reader.scaler->take();
  return picture;
}

}  // namespace bangwu::capture_worker
