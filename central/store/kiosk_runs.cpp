#include "store/kiosk_runs.h"

#include "store/sql.h"

namespace bangwu::store {
namespace {

constexpr std::uint64_t kKept = 20;

}  // namespace

base::Result<std::vector<KioskRunRow>> KioskRuns::of_kiosk(std::string_view kiosk) {
  return all_rows(sql_, "SELECT run, place, began_at, returned_at FROM kiosk_run WHERE kiosk = $1 ORDER BY place DESC",
                  {kiosk}, [](const Row& row) {
                    return KioskRunRow{.run = row.text(0),
                                       .place = static_cast<std::uint64_t>(row.number(1)),
                                       .began_at = row.time(2),
                                       .returned_at = row.optional_time(3)};
                  });
}

base::Result<void> KioskRuns::begin(std::string_view kiosk, std::string_view run, std::uint64_t place,
                                    base::SystemTime at) {
  const std::uint64_t gone = place > kKept ? place - kKept : 0;
  auto forgotten =
      sql_.run("DELETE FROM kiosk_run WHERE kiosk = $1 AND place <= $2 AND returned_at IS NULL", {kiosk, gone});
  if (!forgotten) return forgotten;
  return sql_.run("INSERT INTO kiosk_run(kiosk, run, place, began_at) VALUES ($1,$2,$3,$4)", {kiosk, run, place, at});
}

base::Result<void> KioskRuns::note_return(std::string_view kiosk, std::string_view run, base::SystemTime at) {
  return sql_.run("UPDATE kiosk_run SET returned_at = $1 WHERE kiosk = $2 AND run = $3", {at, kiosk, run});
}

base::Result<std::optional<base::SystemTime>> KioskRuns::twin_seen_at(std::string_view kiosk) {
  const auto seen = first_row(sql_, "SELECT MAX(returned_at) FROM kiosk_run WHERE kiosk = $1", {kiosk},
                              [](const Row& row) { return row.optional_time(0); });
  if (!seen) return tl::unexpected(seen.error());
  return seen->value_or(std::nullopt);
}

}  // namespace bangwu::store
