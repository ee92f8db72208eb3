#include "store/readmissions.h"

#include "store/sql.h"

namespace bangwu::store {

base::Result<void> Readmissions::put(const ReadmissionRow& row) {
  return sql_.run(
      "INSERT INTO readmission(token_hash, kiosk, device_key, asked_at) VALUES ($1,$2,$3,$4) ON CONFLICT (token_hash) "
      "DO UPDATE SET kiosk = excluded.kiosk, device_key = excluded.device_key, asked_at = excluded.asked_at",
      {row.token_hash, row.kiosk, row.device_key, row.asked_at});
}

base::Result<std::vector<ReadmissionRow>> Readmissions::all() {
  return all_rows(
      sql_,
      "SELECT token_hash, kiosk, device_key, asked_at FROM readmission ORDER BY kiosk, asked_at DESC, "
      "token_hash",
      {}, [](const Row& row) {
        return ReadmissionRow{
            .token_hash = row.text(0), .kiosk = row.text(1), .device_key = row.text(2), .asked_at = row.time(3)};
      });
}

base::Result<void> Readmissions::remove(std::string_view kiosk) {
  return sql_.run("DELETE FROM readmission WHERE kiosk = $1", {kiosk});
}

}  // namespace bangwu::store
