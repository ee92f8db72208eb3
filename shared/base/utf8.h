#pragma once
#include <string>

namespace bangwu::base {

/// The character in UTF-8 (RFC 3629).
[[nodiscard]] inline std::string to_utf8(char32_t c) {
  std::string text;
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) put(c);
  else if (c < 0x800) put(0xC0 | c >> 6);
  else if (c < 0x10000) put(0xE0 | c >> 12);
  else put(0xF0 | c >> 18);
  if (c >= 0x10000) put(0x80 | (c >> 12 & 0x3F));
  if (c >= 0x800) put(0x80 | (c >> 6 & 0x3F));
  if (c >= 0x80) put(0x80 | (c & 0x3F));
  return text;
}

}  // namespace bangwu::base
