#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "capture/import.h"

namespace bangwu::capture {

inline constexpr std::size_t kBytesToTellKind = 1'024;

/// By content: JPEG (FF D8 FF), PNG (its signature), TIFF (II*, MM*, and BigTIFF), PDF (%PDF- within the first 1,024
/// bytes, as ISO 32000-1 Annex H, note 13 lets readers accept it).
[[nodiscard]] FileKind kind_of_content(std::span<const std::uint8_t> first_bytes);

/// By the name's ending: unknown for a name without one; nothing for an ending that is none of ours.
[[nodiscard]] std::optional<FileKind> kind_of_name(std::string_view name);

/// Whether content is a kind we take and is what the name says.
[[nodiscard]] bool is_what_it_says(FileKind content, std::string_view name);

}  // namespace bangwu::capture
