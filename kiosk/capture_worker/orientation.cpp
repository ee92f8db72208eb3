#include "capture_worker/orientation.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr std::size_t kEntryBytes = 12;
constexpr std::uint32_t kOrientationTag = 0x0112;
/// Numbers of four bytes (TIFF 6.0, section 2: LONG and SLONG); all other kinds of one number have two or one.
constexpr std::uint32_t kLong = 4;
constexpr std::uint32_t kSignedLong = 9;
constexpr std::uint32_t kByte = 1;

/// Numbers of a TIFF structure in either byte order; 0 beyond its end.
struct TiffNumbers {
  std::span<const std::uint8_t> bytes;
  bool is_little = true;
  [[nodiscard]] std::uint32_t at(std::size_t offset, std::size_t count) const {
    if (offset > bytes.size() || count > bytes.size() - offset) {
      return 0;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      value = value << 8 | bytes[offset + (is_little ? count - 1 - i : i)];
    }
    return value;
  }
};

/// Where the pixel seen at the upper left is stored, and the steps from there to the right and down.
struct Steps {
  std::ptrdiff_t first = 0;
  std::ptrdiff_t right = 0;
  std::ptrdiff_t down = 0;
};

Steps steps_of(Orientation orientation, std::ptrdiff_t width, std::ptrdiff_t height) {
  const std::ptrdiff_t last_column = width - 1;
  const std::ptrdiff_t last_row = (height - 1) * width;
  switch (orientation) {
    case Orientation::top_left: break;
    case Orientation::top_right: return {last_column, -1, width};
    case Orientation::bottom_right: return {last_row + last_column, -1, -width};
    case Orientation::bottom_left: return {last_row, 1, -width};
    case Orientation::left_top: return {0, width, 1};
    case Orientation::right_top: return {last_row, -width, 1};
    case Orientation::right_bottom: return {last_row + last_column, -width, -1};
    case Orientation::left_bottom: return {last_column, width, -1};
  }
  return {0, 1, width};
}

}  // namespace

Orientation orientation_of_number(std::uint32_t number) {
  return number >= 1 && number <= 8 ? static_cast<Orientation>(number) : Orientation::top_left;
}

Orientation orientation_of_tiff(std::span<const std::uint8_t> structure) {
  TiffNumbers numbers{structure};
  numbers.is_little = numbers.at(0, 1) == 'I';
  const std::size_t directory = numbers.at(4, 4);
  const std::size_t entries = numbers.at(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (numbers.at(entry, 2) == kOrientationTag) {
      const std::uint32_t kind = numbers.at(entry + 2, 2);
      const std::size_t length = kind == kLong || kind == kSignedLong ? 4 : kind == kByte ? 1 : 2;
      return orientation_of_number(numbers.at(entry + 8, length));
    }
  }
  return Orientation::top_left;
}

Orientation orientation_of_exif(std::span<const std::uint8_t> block) {
  constexpr std::array<std::uint8_t, 6> kHeader{'E', 'x', 'i', 'f', 0, 0};
  const bool is_exif = block.size() >= kHeader.size() && std::ranges::equal(block.first(kHeader.size()), kHeader);
  return is_exif ? orientation_of_tiff(block.subspan(kHeader.size())) : Orientation::top_left;
}

Orientation orientation_of_xmp(std::string_view packet) {
  constexpr std::string_view kName = "tiff:Orientation";
  const std::size_t found = packet.find(kName);
  if (found == std::string_view::npos) {
    return Orientation::top_left;
  }
  // tiff:Orientation="6" or <tiff:Orientation>6<: nothing but these characters stands before the number.
  const std::size_t number = packet.find_first_not_of(" \t\r\n=\"'>", found + kName.size());
  const bool is_digit = number != std::string_view::npos && packet[number] >= '0' && packet[number] <= '9';
  return is_digit ? orientation_of_number(static_cast<std::uint32_t>(packet[number] - '0')) : Orientation::top_left;
}

bool is_mirrored(Orientation orientation) {
  return orientation == Orientation::top_right || orientation == Orientation::bottom_left ||
         orientation == Orientation::left_top || orientation == Orientation::right_bottom;
}

int quarter_turns_of(Orientation orientation) {
  switch (orientation) {
    case Orientation::right_top: return 1;
    case Orientation::bottom_right: return 2;
    case Orientation::left_bottom: return 3;
    default: return 0;
  }
}

Raster upright(Raster raster, Orientation orientation) {
  if (orientation == Orientation::top_left) {
    return raster;
  }
  const bool is_on_its_side = orientation >= Orientation::left_top;
  Raster seen{is_on_its_side ? raster.height : raster.width, is_on_its_side ? raster.width : raster.height,
              base::Bytes(raster.rgb.size())};
  const Steps steps = steps_of(orientation, raster.width, raster.height);
  std::uint8_t* out = seen.rgb.data();
  for (std::ptrdiff_t y = 0; y < seen.height; ++y) {
    const std::uint8_t* pixel = raster.rgb.data() + (steps.first + y * steps.down) * 3;
    for (int x = 0; x < seen.width; ++x, pixel += steps.right * 3) {
      *out++ = pixel[0];
      *out++ = pixel[1];
      *out++ = pixel[2];
    }
  }
  return seen;
}

}  // namespace bangwu::capture_worker
