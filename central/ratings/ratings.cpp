#include "ratings/ratings.h"

#include <nlohmann/json.hpp>

#include "envelope/bodies.h"

namespace bangwu::ratings {

base::Result<void> add_rating(store::Records& records, const Origin& origin, const domain::Rating& rating,
                              base::SystemTime now) {
  std::string case_number;
  if (origin.submission) {
    const auto found = records.case_of_envelope(*origin.submission);
    if (!found) return tl::unexpected(found.error());
    if (*found) case_number = (*found)->number;
  }
  return records.add_rating({origin.envelope, origin.kiosk, domain::name_of(domain::instrument_of(rating.level)),
                             domain::name_of(rating.level), domain::is_bad(rating.level), origin.submission,
                             case_number, now, envelope::to_json(rating)});
}

base::Result<std::string> list_as_text(store::Records& records) {
  const auto rows = records.ratings();
  if (!rows) return tl::unexpected(rows.error());
  std::string text;
  for (const auto& row : *rows) {
    const auto rating = envelope::rating_from_json(row.body);
    if (!rating) return base::fail(base::ErrorCode::corrupt, "rating " + row.envelope + " does not read");
    text += base::to_rfc3339(row.received_at) + "  " + row.instrument + "  " + domain::chinese_name_of(rating->level) +
            (row.is_bad ? "  差评" : "") + "  " + (row.case_number.empty() ? "-" : row.case_number) + "  " + row.kiosk;
    if (!rating->words.empty()) text += "  " + rating->words;
    text += "\n";
  }
  return text;
}

base::Result<std::string> list_as_json(store::Records& records) {
  const auto rows = records.ratings();
  if (!rows) return tl::unexpected(rows.error());
  auto list = nlohmann::json::array();
  for (const auto& row : *rows) {
    auto rating = nlohmann::json::parse(row.body, nullptr, false);
    if (rating.is_discarded()) return base::fail(base::ErrorCode::corrupt, "rating " + row.envelope + " does not read");
    list.push_back({{"envelope", row.envelope},
                    {"kiosk", row.kiosk},
                    {"received_at", base::to_rfc3339(row.received_at)},
                    {"is_bad", row.is_bad},
                    {"case_number", row.case_number},
                    {"rating", std::move(rating)}});
  }
  return list.dump(2) + "\n";
}

}  // namespace bangwu::ratings
