#include "store/ratings.h"

#include "store/sql.h"

namespace bangwu::store {
namespace {

RatingRow read_rating(const Row& row) {
  return {.envelope = row.text(0),
          .kiosk = row.text(1),
          .instrument = row.text(2),
          .level = row.text(3),
          .is_bad = row.number(4) != 0,
          .submission = row.optional_text(5),
          .case_number = row.text(6),
          .received_at = row.time(7)};
}

}  // namespace

base::Result<void> Ratings::add(const RatingRow& row) {
  return sql_.run(
      "INSERT INTO rating(envelope, kiosk, instrument, level, is_bad, submission, case_number, received_at) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
      {row.envelope, row.kiosk, row.instrument, row.level, row.is_bad, row.submission, row.case_number,
       row.received_at});
}

base::Result<std::vector<RatingRow>> Ratings::all() {
  return all_rows(sql_,
                  "SELECT envelope, kiosk, instrument, level, is_bad, submission, case_number, received_at FROM rating "
                  "ORDER BY received_at, envelope",
                  {}, read_rating);
}

base::Result<std::vector<RatingRow>> Ratings::after(std::string_view last, std::size_t most) {
  return all_rows(sql_,
                  "SELECT envelope, kiosk, instrument, level, is_bad, submission, case_number, received_at FROM rating "
                  "WHERE envelope > $1 ORDER BY envelope LIMIT $2",
                  {last, most}, read_rating);
}

base::Result<bool> Ratings::has(std::string_view envelope) {
  const auto found = first_row(sql_, "SELECT 1 FROM rating WHERE envelope = $1", {envelope},
                               [](const Row& row) { return row.number(0); });
  if (!found) return tl::unexpected(found.error());
  return found->has_value();
}

}  // namespace bangwu::store
