#include "domain/characters.h"

#include <cstddef>
#include <optional>

namespace bangwu::domain {
namespace {

struct Decoded {
  char32_t value = 0;
  std::size_t length = 1;
};

std::size_t length_from_lead(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// One well-formed sequence at the start of `text`; nothing for overlong forms, surrogates and broken ones.
std::optional<Decoded> decode_one(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = length_from_lead(lead);
  if (length == 0 || length > text.size()) return std::nullopt;
  if (length == 1) return Decoded{lead, 1};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6) | (next & 0x3FU);
  }
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || value > 0x10FFFF || surrogate) return std::nullopt;
  return Decoded{value, length};
}

char32_t narrow(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  return c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c;
}

bool is_letter_or_digit(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9'); }

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    const auto one = decode_one(text);
    if (one) points.push_back(one->value);
    text.remove_prefix(one ? one->length : 1);
  }
  return points;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto one = decode_one(text);
    if (!one) return false;
    text.remove_prefix(one->length);
  }
  return true;
}

bool is_hanzi(char32_t c) {
  return c == 0x3007 || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}

std::u32string fold(std::string_view text) {
  std::u32string folded;
  for (const char32_t c : decode_utf8(text)) {
    const char32_t plain = narrow(c);
    if (is_hanzi(plain) || is_letter_or_digit(plain)) folded.push_back(plain);
  }
  return folded;
}

}  // namespace bangwu::domain
