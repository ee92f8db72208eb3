#include "domain/application.h"

#include <algorithm>
#include <cstdio>

#include "domain/characters.h"

namespace bangwu::domain {
namespace {

CheckedAnswer problem(AnswerProblem what) { return {what, {}}; }
CheckedAnswer good(std::string value) { return {AnswerProblem::none, std::move(value)}; }

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpaces[] = {" ", "\t", "\n", "\r", "\u3000"};
  for (bool is_clean = false; !is_clean;) {
    is_clean = true;
    for (const auto space : kSpaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), is_clean = false;
      if (text.ends_with(space)) text.remove_suffix(space.size()), is_clean = false;
    }
  }
  return std::string(text);
}

std::string with_one_kind_of_dot(std::string name) {
  constexpr std::string_view kDot = "·";
  for (const std::string_view other : {"•", "．", "・", "‧", "∙", "･"}) {
    for (auto at = name.find(other); at != std::string::npos; at = name.find(other, at + kDot.size())) {
      name.replace(at, other.size(), kDot);
    }
  }
  return name;
}

/// Digits and marks alone, in any width, name nobody.
bool has_letter(std::string_view name) {
  const auto is_mark = [](char32_t c) {
    if (c < 0x80) return !((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'));
    if (c >= 0xFF01 && c <= 0xFF5E) return !((c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A));
    return c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F && c != 0x3007);
  };
  const auto points = decode_utf8(name);
  return !std::all_of(points.begin(), points.end(), is_mark);
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n') || byte == 0x7F;
  });
}

CheckedAnswer check_words(const Field& field, std::string_view typed) {
  std::string words = trimmed(typed);
  if (has_control_characters(words)) return problem(AnswerProblem::has_control_characters);
  const auto length = static_cast<std::int64_t>(length_of(words));
  if (length < field.minimum.value_or(0)) return problem(AnswerProblem::too_short);
  if (length > field.maximum.value_or(500)) return problem(AnswerProblem::too_long);
  return good(std::move(words));
}

CheckedAnswer check_range(const Field& field, std::int64_t value, std::string text) {
  if (value < field.minimum.value_or(0)) return problem(AnswerProblem::too_small);
  if (field.maximum && value > *field.maximum) return problem(AnswerProblem::too_large);
  return good(std::move(text));
}

CheckedAnswer check_number(const Field& field, const std::string& digits) {
  if (digits.size() > 15 || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return problem(AnswerProblem::not_a_number);
  }
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return check_range(field, value, std::to_string(value));
}

CheckedAnswer check_money(const Field& field, const std::string& typed) {
  const auto dot = typed.find('.');
  std::string yuan = typed.substr(0, dot);
  std::string fen = dot == std::string::npos ? "" : typed.substr(dot + 1);
  const auto digits = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (yuan.empty() || yuan.size() > 12 || fen.size() > 2 || !digits(yuan) || !digits(fen)) {
    return problem(AnswerProblem::not_a_number);
  }
  fen.resize(2, '0');
  std::int64_t value = 0;
  for (const char c : yuan + fen) value = value * 10 + (c - '0');
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%02lld", static_cast<long long>(value / 100),
                static_cast<long long>(value % 100));
  return check_range(field, value, text);
}

CheckedAnswer check_date(const Field& field, const std::string& digits, std::chrono::year_month_day today) {
  if (digits.size() != 8 || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return problem(AnswerProblem::not_a_date);
  }
  const int number = std::stoi(digits);
  const std::chrono::year_month_day date{std::chrono::year{number / 10000},
                                         std::chrono::month{static_cast<unsigned>(number / 100 % 100)},
                                         std::chrono::day{static_cast<unsigned>(number % 100)}};
  if (!date.ok() || number < 18500101) return problem(AnswerProblem::not_a_date);
  if (!field.may_lie_in_future && date > today) return problem(AnswerProblem::in_future);
  return good(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2));
}

CheckedAnswer check_choice(const std::vector<Choice>& choices, const std::string& value) {
  const bool known =
      std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.value == value; });
  return known ? good(value) : problem(AnswerProblem::not_a_choice);
}

}  // namespace

std::size_t length_of(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

CheckedAnswer check_answer(const Field& field, std::string_view typed, std::chrono::year_month_day today,
                           const PrintedSo& confirmed) {
  const std::string plain = trimmed(typed);
  if (plain.empty()) return field.required ? problem(AnswerProblem::missing) : good({});
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::address: return check_words(field, typed);
    case FieldKind::number: return check_number(field, tidy_number(plain));
    case FieldKind::money: return check_money(field, tidy_number(plain));
    case FieldKind::date: return check_date(field, tidy_number(plain), today);
    case FieldKind::choice: return check_choice(field.choices, plain);
    case FieldKind::yes_no: return plain == "yes" || plain == "no" ? good(plain) : problem(AnswerProblem::not_a_choice);
    case FieldKind::telephone: {
      const std::string number = tidy_number(plain);
      return check_telephone(number) == NumberProblem::none ? good(number) : problem(AnswerProblem::bad_telephone);
    }
    case FieldKind::resident_id: {
      const std::string number = tidy_number(plain);
      const auto found = check_id(IdKind::resident_id, number, today, confirmed);
      return found == NumberProblem::none ? good(number) : problem(AnswerProblem::bad_id);
    }
    case FieldKind::rows: return problem(AnswerProblem::not_a_choice);
  }
  return problem(AnswerProblem::not_a_choice);
}

namespace {
bool holds(const Condition& condition, const Answers& answers) {
  const auto found = answers.values.find(condition.field);
  if (found == answers.values.end()) return false;
  return std::find(condition.values.begin(), condition.values.end(), found->second) != condition.values.end();
}
}  // namespace

bool is_shown(const Field& field, const Answers& answers) { return !field.shown_if || holds(*field.shown_if, answers); }

bool is_needed(const Material& material, const Answers& answers) {
  if (material.need == MaterialNeed::required) return true;
  return material.need == MaterialNeed::conditional && material.needed_if && holds(*material.needed_if, answers);
}

CheckedAnswer check_name(std::string_view typed) {
  std::string name = with_one_kind_of_dot(trimmed(typed));
  if (name.empty()) return problem(AnswerProblem::missing);
  if (has_control_characters(name) || name.find('\n') != std::string::npos)
    return problem(AnswerProblem::has_control_characters);
  if (length_of(name) > 60) return problem(AnswerProblem::too_long);
  if (!has_letter(name)) return problem(AnswerProblem::not_a_choice);
  return good(std::move(name));
}

}  // namespace bangwu::domain
