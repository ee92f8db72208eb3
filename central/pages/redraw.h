#pragma once
#include <span>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::pages {

/// A page drawn anew for staff: decoded, turned upright, encoded again as the same type ("image/jpeg", "image/png").
/// Nothing of the original's bytes but its pixels comes through: no metadata, no profile, nothing behind the picture.
/// Decoding strangers' bytes is done by a process of its own, this program with kRedrawCommand, that may only read,
/// write and allocate: it has 1 GiB of memory, 20 s of processor and 30 s of clock. `corrupt` for what is no such
/// picture, `unsupported` for another type or more than 120 megapixels, `timed_out`, `internal` if the process died.
[[nodiscard]] base::Result<base::Bytes> redraw(std::span<const std::uint8_t> page, std::string_view media_type,
                                               int quarter_turns);

inline constexpr std::string_view kRedrawCommand = "redraw-page";
/// What that process does: limits itself, reads a page from standard input, writes it to standard output, and ends
/// with 0, kNoPicture or kTooLarge.
[[noreturn]] void run_redraw(std::string_view media_type, int quarter_turns);
inline constexpr int kNoPicture = 65, kTooLarge = 66;

}  // namespace bangwu::pages
