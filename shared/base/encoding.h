#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::base {

/// RFC 4648, section 8, in lower case: two digits a byte.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
/// Fills `bytes`; false, with anything in them, if the text is not as many digits in either case.
[[nodiscard]] bool from_hex(std::string_view text, std::span<std::uint8_t> bytes);
/// Whether the text is that many digits as to_hex() writes them: of one hash there is one text.
[[nodiscard]] bool is_lower_hex(std::string_view text, std::size_t digits);

/// RFC 4648, section 4, with padding.
[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> bytes);
/// Only what to_base64() writes: of one value there is one text. No spaces, no bits left over.
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);

}  // namespace bangwu::base
