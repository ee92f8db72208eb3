#include "ratings/ratings.h"

namespace bangwu::ratings {

base::Result<std::string> add_rating(store::Transaction& transaction, const Origin& origin,
                                     const domain::Rating& rating, base::SystemTime now,
                                     const envelope::SearchKey& key) {
  std::string case_number;
  if (origin.submission) {
    const auto found = transaction.cases().of_envelope(*origin.submission);
    if (!found) return tl::unexpected(found.error());
    if (*found) case_number = (*found)->number;
  }
  const store::RatingRow row{.envelope = origin.envelope,
                             .kiosk = origin.kiosk,
                             .instrument = domain::name_of(domain::instrument_of(rating.level)),
                             .level = domain::name_of(rating.level),
                             .is_bad = domain::is_bad(rating.level),
                             .submission = origin.submission,
                             .case_number = case_number,
                             .received_at = now};
  if (auto added = transaction.ratings().add(row); !added) return tl::unexpected(added.error());
  return record_of(row, key);
}

std::string record_of(const store::RatingRow& row, const envelope::SearchKey& key) {
  // None of the parts can hold a line feed: ids, names of enums, numbers.
  const std::string text = row.envelope + "\n" + row.kiosk + "\n" + row.instrument + "\n" + row.level + "\n" +
                           (row.is_bad ? "bad" : "") + "\n" + row.submission.value_or("") + "\n" + row.case_number +
                           "\n" + std::to_string(row.received_at.time_since_epoch().count());
  return key.hash("rating-record", text);
}

}  // namespace bangwu::ratings
