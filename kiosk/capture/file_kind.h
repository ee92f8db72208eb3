#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "capture/import.h"

namespace bangwu::capture {

inline constexpr std::size_t kBytesToTellKind = 1'024;

/// By the first bytes alone. Taken are JPEG (FF D8 FF), PNG (its signature), TIFF (II*, MM*, and BigTIFF), PDF (%PDF-
/// within the first 1,024 bytes, as ISO 32000-1 Annex H, note 13 lets readers accept it). Known besides: HEIC and AVIF
/// (ISO/IEC 14496-12 ftyp with such a brand), BMP, GIF, WebP, JPEG 2000, JPEG XL, Photoshop and DWG (other_picture),
/// and OFD (GB/T 33190) and office documents as far as they tell within these bytes.
[[nodiscard]] FileKind kind_of_content(std::span<const std::uint8_t> first_bytes);

/// The same with the name's help where content leaves it open: what is inside a ZIP or an OLE2 file.
[[nodiscard]] FileKind kind_of_file(std::span<const std::uint8_t> first_bytes, std::string_view name);

/// Whether a name ends like a picture or a document: such a file is shown even when its content is nothing we know.
[[nodiscard]] bool promises_pages(std::string_view name);

/// Why files of a kind are not taken; none for those that are.
[[nodiscard]] domain::PageFault fault_of_kind(FileKind kind);

}  // namespace bangwu::capture
