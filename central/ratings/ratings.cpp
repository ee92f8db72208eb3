#include "ratings/ratings.h"

#include <nlohmann/json.hpp>

#include "envelope/bodies.h"

namespace bangwu::ratings {
namespace {

base::Result<std::string> body_of(store::Transaction& transaction, const store::RatingRow& row, const OpenBody& open) {
  const auto envelope = transaction.envelopes().find(row.envelope);
  if (!envelope) return tl::unexpected(envelope.error());
  if (!*envelope) return base::fail(base::ErrorCode::corrupt, "rating " + row.envelope + ": its envelope is missing");
  return open(**envelope);
}

}  // namespace

base::Result<void> add_rating(store::Transaction& transaction, const Origin& origin, const domain::Rating& rating,
                              base::SystemTime now) {
  std::string case_number;
  if (origin.submission) {
    const auto found = transaction.cases().of_envelope(*origin.submission);
    if (!found) return tl::unexpected(found.error());
    if (*found) case_number = (*found)->number;
  }
  return transaction.ratings().add({.envelope = origin.envelope,
                                    .kiosk = origin.kiosk,
                                    .instrument = domain::name_of(domain::instrument_of(rating.level)),
                                    .level = domain::name_of(rating.level),
                                    .is_bad = domain::is_bad(rating.level),
                                    .submission = origin.submission,
                                    .case_number = case_number,
                                    .received_at = now});
}

base::Result<std::string> list_as_text(store::Transaction& transaction, const OpenBody& open) {
  const auto rows = transaction.ratings().all();
  if (!rows) return tl::unexpected(rows.error());
  std::string text;
  for (const auto& row : *rows) {
    const auto body = body_of(transaction, row, open);
    if (!body) return tl::unexpected(body.error());
    const auto rating = envelope::rating_from_json(*body);
    if (!rating) return base::fail(base::ErrorCode::corrupt, "rating " + row.envelope + " does not read");
    text += base::to_rfc3339(row.received_at) + "  " + row.instrument + "  " + domain::chinese_name_of(rating->level) +
            (row.is_bad ? "  差评" : "") + "  " + (row.case_number.empty() ? "-" : row.case_number) + "  " + row.kiosk;
    if (!rating->words.empty()) text += "  " + rating->words;
    text += "\n";
  }
  return text;
}

base::Result<std::string> list_as_json(store::Transaction& transaction, const OpenBody& open) {
  const auto rows = transaction.ratings().all();
  if (!rows) return tl::unexpected(rows.error());
  auto list = nlohmann::json::array();
  for (const auto& row : *rows) {
    const auto body = body_of(transaction, row, open);
    if (!body) return tl::unexpected(body.error());
    auto rating = nlohmann::json::parse(*body, nullptr, false);
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
