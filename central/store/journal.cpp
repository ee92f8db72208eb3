#include "store/journal.h"

#include "store/sql.h"

namespace bangwu::store {

base::Result<void> Journal::add(base::SystemTime at, std::string_view actor, std::string_view act) {
  return sql_.run(
      "INSERT INTO journal(sequence, at, actor, act) SELECT COALESCE(MAX(sequence), 0) + 1, CAST($1 AS BIGINT), "
      "CAST($2 AS TEXT), CAST($3 AS TEXT) FROM journal",
      {at, actor, act});
}

base::Result<std::vector<JournalRow>> Journal::all() {
  return all_rows(sql_, "SELECT sequence, at, actor, act FROM journal ORDER BY sequence", {}, [](const Row& row) {
    return JournalRow{.sequence = static_cast<std::uint64_t>(row.number(0)),
                      .at = row.time(1),
                      .actor = row.text(2),
                      .act = row.text(3)};
  });
}

}  // namespace bangwu::store
