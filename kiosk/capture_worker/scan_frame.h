#pragma once
#include <cstdint>
#include <span>
#include <tl/expected.hpp>

#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

enum class FrameColour { grey, rgb, one_of_three };  ///< one_of_three: red, green and blue come one after another

/// One frame as a scanner announces it (SANE standard 1.06, 4.3.8).
struct FrameFormat {
  FrameColour colour = FrameColour::rgb;
  int depth = 8;  ///< bits a sample: 1, 8 or 16
  int pixels_per_line = 0;
  int bytes_per_line = 0;
  int lines = -1;  ///< -1: not known before the end
};

/// Why frames of this kind are not taken; nothing if they are.
[[nodiscard]] const char* why_not_taken(const FrameFormat& format);

/// Most bytes that a page of at most `max_pixels` may have.
[[nodiscard]] std::size_t most_bytes(const FrameFormat& format, std::int64_t max_pixels);

/// The page that the bytes are. scan_incomplete: there are none, fewer than announced, or half a line at the end.
/// More lines than announced are the page's too: some devices guess.
[[nodiscard]] tl::expected<Raster, domain::PageFault> raster_of_frame(const FrameFormat& format,
                                                                      std::span<const std::uint8_t> bytes);

}  // namespace bangwu::capture_worker
