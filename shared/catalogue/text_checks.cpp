#include "catalogue/text_checks.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "domain/characters.h"

namespace bangwu::catalogue {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestSyllable = 6;  // zhuang, chuang, shuang

bool is_ascii_word(char c) { return base::is_letter(c) || base::is_digit(c); }

bool is_syllable(std::string_view text) {
  return !text.empty() && text.size() <= kLongestSyllable &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > kLongestId || !is_ascii_word(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_ascii_word(c) || c == '_' || c == '-' || c == '.'; });
}

bool is_clean_line(std::string_view text) {
  const auto points = domain::decode_utf8(text);
  const auto is_space = [](char32_t c) { return c == U' ' || c == 0x3000 || c == 0xA0 || c == 0xFEFF; };
  const bool has_control =
      std::any_of(points.begin(), points.end(), [](char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); });
  return !has_control && (points.empty() || (!is_space(points.front()) && !is_space(points.back())));
}

int count_hanzi(std::string_view text) {
  const auto points = domain::decode_utf8(text);
  return static_cast<int>(std::count_if(points.begin(), points.end(), domain::is_hanzi));
}

int count_syllables(std::string_view pinyin) {
  return pinyin.empty() ? 0 : 1 + static_cast<int>(std::count(pinyin.begin(), pinyin.end(), ' '));
}

PinyinProblem check_pinyin(std::string_view name, std::string_view pinyin) {
  for (std::size_t start = 0; start <= pinyin.size();) {
    const std::size_t end = std::min(pinyin.find(' ', start), pinyin.size());
    if (!is_syllable(pinyin.substr(start, end - start))) return PinyinProblem::not_syllables;
    start = end + 1;
  }
  return count_hanzi(name) == count_syllables(pinyin) ? PinyinProblem::none : PinyinProblem::wrong_count;
}

}  // namespace bangwu::catalogue
