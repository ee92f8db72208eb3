#pragma once
#include <string>
#include <string_view>

namespace bangwu::domain {

/// The code points of a UTF-8 text (RFC 3629). A byte that is no part of a well-formed sequence is left out, so any
/// input is safe to decode; use is_utf8 where it must be refused instead.
[[nodiscard]] std::u32string decode_utf8(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);

/// CJK unified ideographs of GB 18030's basic part and extensions A to H, and 〇.
[[nodiscard]] bool is_hanzi(char32_t c);

/// What a comparison looks at: full-width letters and digits become ASCII, letters lower case; spaces and punctuation,
/// Chinese or ASCII, are left out.
[[nodiscard]] std::u32string fold(std::string_view text);

}  // namespace bangwu::domain
