#include <algorithm>
#include <array>

#include "capture_worker/picture.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr std::size_t kExifHeader = 6;
constexpr std::size_t kEntryBytes = 12;
constexpr std::uint32_t kOrientation = 0x0112;

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

}  // namespace

int quarter_turns_of_exif(std::span<const std::uint8_t> block) {
  constexpr std::array<std::uint8_t, kExifHeader> kHeader{'E', 'x', 'i', 'f', 0, 0};
  if (block.size() < kExifHeader || !std::ranges::equal(block.first(kExifHeader), kHeader)) {
    return 0;
  }
  TiffNumbers numbers{block.subspan(kExifHeader)};
  numbers.is_little = numbers.at(0, 1) == 'I';
  const std::size_t directory = numbers.at(4, 4);
  const std::size_t entries = numbers.at(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (numbers.at(entry, 2) == kOrientation) {
      switch (numbers.at(entry + 8, 2)) {
        case 3: return 2;
        case 6: return 1;
        case 8: return 3;
        default: return 0;
      }
    }
  }
  return 0;
}

}  // namespace bangwu::capture_worker
