#include "bench/outbox/full_queue.h"

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace bangwu::bench {

void multiply_items(const std::filesystem::path& outbox_directory, std::int64_t count) {
  sqlite3* database = nullptr;
  const int opened = sqlite3_open((outbox_directory / "outbox.sqlite").c_str(), &database);
  // Every seventh waits behind another and every fifth for its time, as in a queue that has been tried.
  const std::string sql = R"sql(
    BEGIN;
    CREATE TEMP TABLE numbers AS
      WITH RECURSIVE counter(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counter WHERE n < )sql" +
                          std::to_string(count) + R"sql() SELECT n FROM counter;
    INSERT INTO items (id, kind, priority, kiosk, sequence, created_at, accepted_at, is_blocked, size, content_hash,
                       manifest_hash, state, due_at, reason)
      SELECT randomblob(16), kind, priority, kiosk, n, created_at, accepted_at, n % 7 = 0, size + (n * 7919) % 4000000 + 1,
             content_hash, manifest_hash, CASE WHEN n % 5 = 0 THEN 2 ELSE 0 END,
             CASE WHEN n % 5 = 0 THEN accepted_at + 3600000 ELSE 0 END, CASE WHEN n % 5 = 0 THEN 0 END
      FROM items, numbers WHERE number = 1;
    INSERT INTO payloads (item, sealed_key, body, signature)
      SELECT items.number, sealed_key, body, signature FROM payloads, items WHERE payloads.item = 1 AND items.number > 1;
    DROP TABLE numbers;
    COMMIT;)sql";
  char* message = nullptr;
  const bool done = opened == SQLITE_OK && sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK;
  const std::string why = message == nullptr ? "cannot open" : message;
  sqlite3_free(message);
  sqlite3_close(database);
  if (!done) throw std::runtime_error("full queue: " + why);
}

}  // namespace bangwu::bench
