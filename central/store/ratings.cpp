#include "store/ratings.h"

#include "store/sql.h"

namespace bangwu::store {

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
                  {}, [](const Row& row) {
                    return RatingRow{.envelope = row.text(0),
                                     .kiosk = row.text(1),
                                     .instrument = row.text(2),
                                     .level = row.text(3),
                                     .is_bad = row.number(4) != 0,
                                     .submission = row.optional_text(5),
                                     .case_number = row.text(6),
                                     .received_at = row.time(7)};
                  });
}

}  // namespace bangwu::store
