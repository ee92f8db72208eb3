#pragma once
#include <string>
#include <string_view>

#include "base/text.h"

namespace bangwu::base {

/// Crockford's base 32, for what people read out and type: no I, L, O and U.
inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a typed capital stands for: O for 0, I and L for 1; others are themselves.
[[nodiscard]] constexpr char as_crockford(char capital) {
  if (capital == 'O') return '0';
  return capital == 'I' || capital == 'L' ? '1' : capital;
}

/// As people type it: case, hyphens and spaces do not matter, O is 0, I and L are 1. What else there was stays.
[[nodiscard]] inline std::string tidy_crockford(std::string_view typed) {
  std::string tidied;
  for (const char each : typed) {
    const char c = upper(each);
    if (c == '-' || c == ' ') continue;
    tidied += as_crockford(c);
  }
  return tidied;
}

}  // namespace bangwu::base
