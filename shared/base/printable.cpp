#include "base/printable.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <ostream>

namespace bangwu::base {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 0;  ///< in bytes; 0: the bytes are no UTF-8 (RFC 3629, section 4)
};

Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  std::uint32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[size] || code > 0x10FFFF || is_surrogate) return {};
  return {code, size};
}

bool is_control(std::uint32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

/// Invisible, or it moves its neighbours: soft hyphen, zero widths, directions, separators, joiners, BOM, tags.
bool is_deceiving(std::uint32_t code) {
  return code == 0xAD || code == 0x061C || (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
         (code >= 0xE0000 && code <= 0xE007F);
}

void append(std::string& to, const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, value);
  to.append(buffer.data(), static_cast<std::size_t>(size));
}

/// As JSON writes it (RFC 8259, section 7): two surrogates for what lies beyond the first plane.
void append_escaped(std::string& to, std::uint32_t code) {
  if (code < 0x10000) return append(to, "\\u%04x", code);
  append(to, "\\u%04x", 0xD800 + ((code - 0x10000) >> 10U));
  append(to, "\\u%04x", 0xDC00 + ((code - 0x10000) & 0x3FFU));
}

/// How many bytes at the end may be the beginning of a character that goes on.
std::size_t unfinished_at_end(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<std::uint8_t>(text[text.size() - back]);
    if (byte >= 0xC0) return byte >= 0xF0 || (byte >= 0xE0 && back < 3) || back < 2 ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

std::string printable_lines(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto plain = text.find_first_of("\n\t");
    shown += printable(text.substr(0, plain));
    if (plain == std::string_view::npos) break;
    shown += text[plain];
    text.remove_prefix(plain + 1);
  }
  return shown;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_of(text);
    if (character.size == 0) append(shown, "\\x%02x", static_cast<std::uint8_t>(text[0]));
    else if (is_control(character.code) || is_deceiving(character.code)) append_escaped(shown, character.code);
    else shown += text.substr(0, character.size);
    text.remove_prefix(character.size == 0 ? 1 : character.size);
  }
  return shown;
}

PrintableOutput::PrintableOutput(std::ostream& stream) : stream_(stream), real_(stream.rdbuf(this)) {}

PrintableOutput::~PrintableOutput() {
  write_out(held_.size());
  real_->pubsync();
  stream_.rdbuf(real_);
}

PrintableOutput::int_type PrintableOutput::overflow(int_type character) {
  if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
  const char byte = traits_type::to_char_type(character);
  return xsputn(&byte, 1) == 1 ? character : traits_type::eof();
}

std::streamsize PrintableOutput::xsputn(const char* text, std::streamsize size) {
  held_.append(text, static_cast<std::size_t>(size));
  const auto line_end = held_.rfind('\n');
  return line_end == std::string::npos || write_out(line_end + 1) ? size : 0;
}

int PrintableOutput::sync() {
  const bool is_written = write_out(held_.size() - unfinished_at_end(held_));
  return is_written && real_->pubsync() == 0 ? 0 : -1;
}

bool PrintableOutput::write_out(std::size_t size) {
  const std::string shown = printable_lines(std::string_view(held_).substr(0, size));
  held_.erase(0, size);
  return real_->sputn(shown.data(), static_cast<std::streamsize>(shown.size())) ==
         static_cast<std::streamsize>(shown.size());
}

}  // namespace bangwu::base
