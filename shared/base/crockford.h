#pragma once
#include <string>
#include <string_view>

#include "base/text.h"

namespace bangwu::base {

/// Crockford's base 32, for what people read out and type: no I, L, O and U.
inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// As people type it: case, hyphens and spaces do not matter, O is 0, I and L are 1. What else there was stays.
[[nodiscard]] inline std::string tidy_crockford(std::string_view typed) {
  std::string tidied;
  for (const char each : typed) {
    const char c = upper(each);
    if (c == '-' || c == ' ') continue;
    tidied += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  }
  return tidied;
}

}  // namespace bangwu::base
