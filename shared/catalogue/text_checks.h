#pragma once
// Private to the room: rules on single texts.
#include <string_view>

namespace bangwu::catalogue {

/// An id, a code or a choice's value: 1 to 64 ASCII letters, digits, '_', '-' or '.', beginning with a letter or digit.
[[nodiscard]] bool is_id(std::string_view text);

/// No control characters, no white space at either end.
[[nodiscard]] bool is_clean_line(std::string_view text);

/// One syllable of 1 to 6 letters a–z for each Hanzi of the name, separated by one space; ü is written v.
enum class PinyinProblem { none, not_syllables, wrong_count };
[[nodiscard]] PinyinProblem check_pinyin(std::string_view name, std::string_view pinyin);

/// How many syllables a name needs.
[[nodiscard]] int count_hanzi(std::string_view text);
[[nodiscard]] int count_syllables(std::string_view pinyin);

}  // namespace bangwu::catalogue
