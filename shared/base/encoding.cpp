#include "base/encoding.h"

#include <algorithm>
#include <array>

namespace bangwu::base {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 255;

constexpr std::array<std::uint8_t, 256> values_of(std::string_view digits) {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < digits.size(); ++i)
    values[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
  return values;
}

constexpr std::array<std::uint8_t, 256> hex_values() {
  auto values = values_of(kHex);
  for (std::uint8_t i = 10; i < 16; ++i) values['A' + i - 10U] = i;
  return values;
}

constexpr auto kHexValues = hex_values();
constexpr auto kBase64Values = values_of(kBase64);

std::uint8_t value_of(const std::array<std::uint8_t, 256>& values, char digit) {
  return values[static_cast<std::uint8_t>(digit)];
}

/// Four digits; those of the padding count as zero.
std::uint32_t group_of(std::string_view digits, std::size_t padding, bool& is_sound) {
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const bool is_padding = i >= 4 - padding;
    const std::uint8_t value = is_padding ? std::uint8_t{0} : value_of(kBase64Values, digits[i]);
    is_sound = is_sound && value != kNoDigit;
    group = group << 6 | (value & 63U);
  }
  return group;
}

}  // namespace

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

bool from_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  if (text.size() != bytes.size() * 2) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t high = value_of(kHexValues, text[2 * i]), low = value_of(kHexValues, text[2 * i + 1]);
    if (high == kNoDigit || low == kNoDigit) return false;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

bool is_lower_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of(kHex) == std::string_view::npos;
}

std::string to_base64(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t there = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < there ? bytes[i + j] : 0U);
    for (std::size_t j = 0; j < 4; ++j) text += j > there ? '=' : kBase64[group >> (18 - 6 * j) & 63U];
  }
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bool is_sound = text.size() % 4 == 0;
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; is_sound && i < text.size(); i += 4) {
    const std::size_t missing = i + 4 == text.size() ? padding : 0;
    const std::uint32_t group = group_of(text.substr(i, 4), missing, is_sound);
    for (std::size_t j = 0; j < 3 - missing; ++j) bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * j)));
    is_sound = is_sound && (group & ((1U << 8 * missing) - 1)) == 0;
  }
  if (!is_sound) return fail(ErrorCode::invalid_input, "not base64 (RFC 4648, with padding)");
  return bytes;
}

}  // namespace bangwu::base
