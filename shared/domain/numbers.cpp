#include "domain/numbers.h"

#include <algorithm>
#include <array>

namespace bangwu::domain {
namespace {

using std::chrono::year_month_day;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

int number_at(std::string_view text, std::size_t start, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(start, count)) value = value * 10 + (c - '0');
  return value;
}

// GB 11643-1999, section 4: ISO 7064 MOD 11-2.
char resident_check_character(std::string_view first17) {
  static constexpr std::array kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (first17[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100-2015, table 1

bool is_number_out_of_use(std::string_view number) {
  if (number.size() != 15 || !all_digits(number)) return false;
  return year_month_day{std::chrono::year{1900 + number_at(number, 6, 2)},
                        std::chrono::month{static_cast<unsigned>(number_at(number, 8, 2))},
                        std::chrono::day{static_cast<unsigned>(number_at(number, 10, 2))}}
      .ok();
}

NumberProblem check_birth_date(std::string_view number, year_month_day today) {
  const year_month_day birth{std::chrono::year{number_at(number, 6, 4)},
                             std::chrono::month{static_cast<unsigned>(number_at(number, 10, 2))},
                             std::chrono::day{static_cast<unsigned>(number_at(number, 12, 2))}};
  if (!birth.ok() || number_at(number, 6, 4) < 1850) return NumberProblem::impossible_date;
  if (birth > today) return NumberProblem::born_in_future;
  return NumberProblem::none;
}

NumberProblem check_old_foreign_card(std::string_view number) {
  if (number.size() != 15) return NumberProblem::wrong_length;
  const bool letters = std::all_of(number.begin(), number.begin() + 3, [](char c) { return c >= 'A' && c <= 'Z'; });
  return letters && all_digits(number.substr(3)) ? NumberProblem::none : NumberProblem::wrong_characters;
}

NumberProblem check_foreign_card(std::string_view number, year_month_day today) {
  if (number.empty()) return NumberProblem::empty;
  if (!is_digit(number.front())) return check_old_foreign_card(number);
  if (number.front() != '9') return NumberProblem::wrong_prefix;
  return check_resident_id(number, today);
}

NumberProblem check_residence_permit(std::string_view number, year_month_day today) {
  const auto problem = check_resident_id(number, today);
  if (problem != NumberProblem::none) return problem;
  const auto place = number.substr(0, 6);
  return place == "810000" || place == "820000" || place == "830000" ? NumberProblem::none
                                                                     : NumberProblem::wrong_prefix;
}

}  // namespace

std::string tidy_number(std::string_view typed) {
  std::string out;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(typed[at]); };
    char c = typed[i];
    const auto continues = [&](std::size_t at) { return at < typed.size() && (byte(at) & 0xC0U) == 0x80; };
    if (byte(i) == 0xEF && continues(i + 1) && continues(i + 2)) {
      // U+FF01..U+FF5E (full-width forms) are ASCII 0x21..0x7E shifted.
      const unsigned code = 0xF000U | ((byte(i + 1) & 0x3FU) << 6) | (byte(i + 2) & 0x3FU);
      if (code < 0xFF01 || code > 0xFF5E) {
        out.append(typed.substr(i, 3));
        i += 2;
        continue;
      }
      c = static_cast<char>(code - 0xFF01 + 0x21);
      i += 2;
    } else if (typed.substr(i, 3) == "\u3000") {  // ideographic space
      i += 2;
      continue;
    }
    if (c == ' ' || c == '-' || c == '\t') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out += c;
  }
  return out;
}

NumberProblem check_resident_id(std::string_view number, year_month_day today) {
  if (number.empty()) return NumberProblem::empty;
  if (!all_digits(number.substr(0, std::min<std::size_t>(17, number.size())))) return NumberProblem::wrong_characters;
  if (is_number_out_of_use(number)) return NumberProblem::out_of_use;
  if (number.size() != 18) return NumberProblem::wrong_length;
  if (!is_digit(number[17]) && number[17] != 'X') return NumberProblem::wrong_characters;
  if (const auto problem = check_birth_date(number, today); problem != NumberProblem::none) return problem;
  return resident_check_character(number.substr(0, 17)) == number[17] ? NumberProblem::none
                                                                      : NumberProblem::wrong_check;
}

namespace {
/// Whatever the day: a person born tomorrow has no number yet, but this is not a company's either.
bool reads_as_persons_number(std::string_view number) {
  constexpr year_month_day kLate{std::chrono::year{2200}, std::chrono::January, std::chrono::day{1}};
  return check_resident_id(number, kLate) == NumberProblem::none;
}
}  // namespace

NumberProblem check_uscc(std::string_view number) {
  if (number.empty()) return NumberProblem::empty;
  if (number.size() != 18) return NumberProblem::wrong_length;
  int sum = 0;
  int weight = 1;  // 3^(i-1) mod 31, GB 32100-2015 section 5
  for (std::size_t i = 0; i < 17; ++i) {
    const auto value = kUsccAlphabet.find(number[i]);
    if (value == std::string_view::npos) return NumberProblem::wrong_characters;
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % 31;
  }
  if (kUsccAlphabet.find(number[17]) == std::string_view::npos) return NumberProblem::wrong_characters;
  if (reads_as_persons_number(number)) return NumberProblem::persons_number;
  return kUsccAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)] == number[17] ? NumberProblem::none
                                                                                     : NumberProblem::wrong_check;
}

bool uscc_organisation_code_is_doubtful(std::string_view number) {
  if (check_uscc(number) != NumberProblem::none) return false;
  static constexpr std::array kWeights{3, 7, 9, 10, 5, 8, 4, 2};  // GB 11714-1997
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const char c = number[8 + i];
    sum += (is_digit(c) ? c - '0' : c - 'A' + 10) * kWeights[i];
  }
  const int check = 11 - sum % 11;
  const char expected = check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
  return expected != number[16];
}

NumberProblem check_telephone(std::string_view number) {
  if (number.empty()) return NumberProblem::empty;
  if (!all_digits(number)) return NumberProblem::wrong_characters;
  if (number.front() == '1') {
    if (number.size() != 11) return NumberProblem::wrong_length;
    return number[1] >= '3' ? NumberProblem::none : NumberProblem::wrong_prefix;
  }
  if (number.front() != '0' || (number.size() > 1 && number[1] == '0')) return NumberProblem::wrong_prefix;
  return number.size() >= 10 && number.size() <= 12 ? NumberProblem::none : NumberProblem::wrong_length;
}

NumberProblem check_id(IdKind kind, std::string_view number, year_month_day today) {
  switch (kind) {
    case IdKind::resident_id: return check_resident_id(number, today);
    case IdKind::foreign_permanent_resident: return check_foreign_card(number, today);
    case IdKind::hmt_residence_permit: return check_residence_permit(number, today);
    case IdKind::uscc: return check_uscc(number);
  }
  return NumberProblem::wrong_characters;
}

NumberProblem check_id(IdKind kind, std::string_view number, year_month_day today, const PrintedSo& confirmed) {
  const auto problem = check_id(kind, number, today);
  return may_be_printed_so(problem) && confirmed.contains(number) ? NumberProblem::none : problem;
}

std::size_t longest(IdKind) { return 18; }

std::string group_for_reading(std::string_view number) {
  const auto join = [&](std::initializer_list<std::size_t> sizes) {
    std::string out;
    std::size_t at = 0;
    for (const auto size : sizes) {
      if (at >= number.size()) break;
      if (!out.empty()) out += ' ';
      out += number.substr(at, size);
      at += size;
    }
    if (at < number.size()) out += number.substr(at);
    return out;
  };
  const bool all_number = all_digits(number.substr(0, std::min<std::size_t>(17, number.size())));
  if (number.size() == 11 && number.front() == '1' && all_number) return join({3, 4, 4});
  if (number.size() == 18) return join({6, 8, 4});
  return std::string(number);
}

std::string masked(std::string_view number) {
  const std::size_t keep = number.size() >= 12 ? 4 : number.size() >= 11 ? 3 : number.size() >= 6 ? 2 : 0;
  std::string out(number);
  const std::size_t tail = number.size() == 11 ? 4 : keep;
  for (std::size_t i = keep; i + tail < out.size(); ++i) out[i] = '*';
  return out;
}

const char* name_of(IdKind kind) {
  switch (kind) {
    case IdKind::resident_id: return "resident_id";
    case IdKind::foreign_permanent_resident: return "foreign_permanent_resident";
    case IdKind::hmt_residence_permit: return "hmt_residence_permit";
    case IdKind::uscc: return "uscc";
  }
  return "resident_id";
}

}  // namespace bangwu::domain
