#pragma once
#include <functional>
#include <string_view>
#include <vector>

namespace bangwu::widgets {

/// Width in pixels of one character (Unicode scalar value).
using Advance = std::function<float(char32_t)>;

/// Breaks UTF-8 text into lines of at most `width` pixels. Between Han characters a line may break anywhere, except
/// that closing punctuation never starts a line and opening punctuation never ends one (the basic rules of
/// GB/T 15834-2011, 5.1 and of CLREQ 3.1.9); words and numbers of Latin script break only at spaces, after hyphens and
/// slashes, or anywhere when a word alone is wider than a line. A newline always breaks. Spaces at a break are
/// dropped. The lines are views into `text`.
[[nodiscard]] std::vector<std::string_view> break_lines(std::string_view text, float width, const Advance& advance);

/// The byte offsets at which a line may break (never 0, never the end): what break_lines chooses from.
[[nodiscard]] std::vector<std::size_t> break_opportunities(std::string_view text);

/// Next character of valid or invalid UTF-8 from `at`, which moves on by one to four bytes; U+FFFD where invalid.
char32_t next_character(std::string_view text, std::size_t& at);

}  // namespace bangwu::widgets
