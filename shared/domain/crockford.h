#pragma once
#include <string_view>

namespace bangwu::domain {

/// Crockford's base 32: what people copy by hand is spelt in it, without I, L, O and U.
inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a typed capital stands for: O for 0, I and L for 1; others are themselves.
[[nodiscard]] constexpr char as_crockford(char capital) {
  if (capital == 'O') return '0';
  return capital == 'I' || capital == 'L' ? '1' : capital;
}

}  // namespace bangwu::domain
