#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

/// How a stored picture lies (TIFF 6.0 and Exif 2.32, tag 274, by its numbers): its first row and first column are
/// what is named here.
enum class Orientation : std::uint8_t {
  top_left = 1,
  top_right,
  bottom_right,
  bottom_left,
  left_top,
  right_top,
  right_bottom,
  left_bottom,
};

/// top_left for what is none.
[[nodiscard]] Orientation orientation_of_number(std::uint32_t number);

/// Of a TIFF structure, as Exif blocks and PNG's eXIf chunks are: in either byte order, the number 16 or 32 bits long.
/// top_left if it says nothing usable.
[[nodiscard]] Orientation orientation_of_tiff(std::span<const std::uint8_t> structure);
/// Of an Exif block (APP1 content, beginning with "Exif\0\0").
[[nodiscard]] Orientation orientation_of_exif(std::span<const std::uint8_t> block);
/// Of an XMP packet (Adobe XMP, part 1: tiff:Orientation as an attribute or an element).
[[nodiscard]] Orientation orientation_of_xmp(std::string_view packet);

[[nodiscard]] bool is_mirrored(Orientation orientation);
/// Clockwise quarter turns that show a picture upright that is not mirrored.
[[nodiscard]] int quarter_turns_of(Orientation orientation);

/// The picture as it is to be seen.
[[nodiscard]] Raster upright(Raster raster, Orientation orientation);

}  // namespace bangwu::capture_worker
