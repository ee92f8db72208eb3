#include "screens/value_words.h"

#include <algorithm>

#include "base/date.h"
#include "screens/dates.h"
#include "widgets/words.h"

namespace bangwu::screens {

std::string value_words(std::string_view value) {
  if (const auto date = base::parse_date(value)) return date_words(*date);
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
