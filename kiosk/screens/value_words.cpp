#include "screens/value_words.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "screens/dates.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

std::optional<std::chrono::year_month_day> date_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '-') ++part;
    else if (c < '0' || c > '9') return std::nullopt;
    else parts[part] = parts[part] * 10 + (c - '0');
  }
  const std::chrono::year_month_day date{std::chrono::year{parts[0]}, std::chrono::month{static_cast<unsigned>(parts[1])},
                                         std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!date.ok()) return std::nullopt;
  return date;
}

}  // namespace

std::string value_words(std::string_view value) {
  if (const auto date = date_of(value)) return date_words(*date);
  return std::string{value};
}

std::string value_words(const domain::Field& field, std::string_view value) {
  switch (field.kind) {
    case domain::FieldKind::date: return value_words(value);
    case domain::FieldKind::money: return money_words(value);
    case domain::FieldKind::choice: return widgets::tr_catalogue(value);
    case domain::FieldKind::yes_no: return widgets::tr(value);
    default: return std::string{value};
  }
}

}  // namespace bangwu::screens
