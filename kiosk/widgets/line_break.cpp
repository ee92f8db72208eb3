#include "widgets/line_break.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace bangwu::widgets {
namespace {

// Never at a line's start: closing punctuation, pauses, stops, marks, small kana and iteration marks.
constexpr std::u32string_view kNoStart =
    U",.;:!?)]}%'"
    U"\"、。，．：；！？）］｝〕〉》」』】〗’”…—～·・％‰℃°′″ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ";
// Never at a line's end: opening punctuation, currency signs and numero signs before their number.
constexpr std::u32string_view kNoEnd = U"([{（［｛〔〈《「『【〖‘“￥¥$＄£№#";

bool contains(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

/// Characters that stand alone: Han, kana, hangul syllables, full-width forms, CJK punctuation and symbols.
bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2600 && c <= 0x27BF);
}

/// Dots and dashes that Chinese and Latin text share: a line may end after them.
bool is_dash(char32_t c) { return c == U'…' || c == U'—' || c == U'～'; }

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == 0x3000; }

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// May a line end after `before` and the next begin with `after`?
bool may_break(char32_t before, char32_t after, char32_t after_next) {
  if (is_space(after) || contains(kNoStart, after) || contains(kNoEnd, before)) {
    return false;
  }
  if (is_space(before)) {
    return true;
  }
  if ((before == U'-' || before == U'/') && !is_digit(after) && !is_wide(after)) {
    return after != before && after_next != 0;
  }
  // A closing quotation mark before a letter may be an apostrophe: no break, unless Han characters are involved.
  return is_wide(before) || is_wide(after) || (is_dash(before) && !is_digit(after));
}

struct Character {
  char32_t code;
  std::size_t at;
};

std::vector<Character> decoded(std::string_view text) {
  std::vector<Character> characters;
  characters.reserve(text.size() / 2 + 1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    characters.push_back({next_character(text, at), start});
  }
  return characters;
}

bool breaks_before(const std::vector<Character>& characters, std::size_t i) {
  const char32_t next = i + 1 < characters.size() ? characters[i + 1].code : 0;
  return may_break(characters[i - 1].code, characters[i].code, next);
}

/// One line from character `first`: the character the next line starts with.
std::size_t line_end(const std::vector<Character>& characters, std::size_t first, float width, const Advance& advance) {
  float used = 0;
  std::size_t last_break = first;
  for (std::size_t i = first; i < characters.size(); ++i) {
    const char32_t c = characters[i].code;
    if (c == U'\n') {
      return i;
    }
    if (i > first && breaks_before(characters, i)) {
      last_break = i;
    }
    const float step = advance(c);
    // A space at the end hangs over the edge.
    if (used + step > width && i > first && !is_space(c)) {
      return last_break > first ? last_break : i;
    }
    used += step;
  }
  return characters.size();
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  static constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  if (length == 1) {
    ++at;
    return lead;
  }
  char32_t code = lead & (0xFFU >> (length + 1));
  std::size_t read = 1;
  while (read < length && at + read < text.size() && (byte(at + read) & 0xC0U) == 0x80) {
    code = code << 6 | (byte(at + read) & 0x3FU);
    ++read;
  }
  at += read;
  const bool valid = lead >= 0xC2 && lead <= 0xF4 && read == length && code >= kLeast[length] && code <= 0x10FFFF &&
                     (code < 0xD800 || code > 0xDFFF);
  return valid ? code : U'\uFFFD';
}

std::vector<std::size_t> break_opportunities(std::string_view text) {
  const std::vector<Character> characters = decoded(text);
  std::vector<std::size_t> breaks;
  for (std::size_t i = 1; i < characters.size(); ++i) {
    if (characters[i - 1].code == U'\n' || (characters[i].code != U'\n' && breaks_before(characters, i))) {
      breaks.push_back(characters[i].at);
    }
  }
  return breaks;
}

std::vector<std::string_view> break_lines(std::string_view text, float width, const Advance& advance) {
  const std::vector<Character> characters = decoded(text);
  const auto offset = [&](std::size_t i) { return i < characters.size() ? characters[i].at : text.size(); };
  std::vector<std::string_view> lines;
  std::size_t first = 0;
  while (first < characters.size()) {
    const std::size_t end = line_end(characters, first, width, advance);
    std::size_t last = end;
    while (last > first && is_space(characters[last - 1].code)) {
      --last;
    }
    lines.push_back(text.substr(offset(first), offset(last) - offset(first)));
    first = end;
    if (first < characters.size() && characters[first].code == U'\n') {
      ++first;
      if (first == characters.size()) {
        lines.push_back(text.substr(text.size()));
      }
    } else {
      while (first < characters.size() && is_space(characters[first].code)) {
        ++first;
      }
    }
  }
  return lines;
}

}  // namespace bangwu::widgets
