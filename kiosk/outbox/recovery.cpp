#include "outbox/recovery.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/log.h"
#include "outbox/statements.h"
#include "outbox/store.h"

namespace bangwu::outbox {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::Result;

namespace {

// Columns of the first schema version: what every version has.
#define BANGWU_FIRST_COLUMNS                                                                             \
  "number, id, kind, priority, kiosk, sequence, created_at, accepted_at, depends_on, is_blocked, size, " \
  "content_hash, manifest_hash, state, due_at, reason, attempts, lease_token, delivered_at, receipt, is_cleared "
constexpr const char* kTakeItem =
    "INSERT INTO main.items (" BANGWU_FIRST_COLUMNS ") SELECT " BANGWU_FIRST_COLUMNS "FROM old.items WHERE number = ?";
constexpr const char* kTakePayload =
    "INSERT INTO main.payloads (item, sealed_key, body, signature) "
    "SELECT item, sealed_key, body, signature FROM old.payloads WHERE item = ?";
constexpr const char* kTakeAttachments =
    "INSERT INTO main.attachments (item, position, sha256, size, media_type, role) "
    "SELECT item, position, sha256, size, media_type, role FROM old.attachments WHERE item = ?";
// Versions before the second have no such columns or tables: then there was nothing of it.
constexpr const char* kTakeKeeping =
    "UPDATE main.items SET (is_kept, delivered_on) = "
    "(SELECT is_kept, delivered_on FROM old.items AS was WHERE was.number = main.items.number) WHERE number = ?";
constexpr const char* kTakeManifests =
    "INSERT OR IGNORE INTO main.earlier_manifests (item, manifest_hash) "
    "SELECT item, manifest_hash FROM old.earlier_manifests WHERE item = ?";
constexpr const char* kTakeReceiptKeys =
    "INSERT OR IGNORE INTO main.receipt_keys (key, last_number) SELECT key, last_number FROM old.receipt_keys";
constexpr const char* kTakeState =
    "UPDATE main.state SET (kiosk, device_key, receipt_key, ledger_day, ledger_day_began) = "
    "(SELECT kiosk, device_key, receipt_key, ledger_day, ledger_day_began FROM old.state)";
constexpr const char* kTakeSequences =
    "INSERT INTO main.identities (kiosk, last_sequence) SELECT kiosk, last_sequence FROM old.identities WHERE true "
    "ON CONFLICT (kiosk) DO UPDATE SET last_sequence = max(last_sequence, excluded.last_sequence)";
constexpr const char* kCountSequences =
    "INSERT INTO main.identities (kiosk, last_sequence) SELECT kiosk, max(sequence) FROM main.items WHERE true "
    "GROUP BY kiosk ON CONFLICT (kiosk) DO UPDATE SET last_sequence = max(last_sequence, excluded.last_sequence)";
constexpr const char* kLastOldRow = "SELECT max(number) FROM old.items";
constexpr const char* kLastOldNumber = "SELECT seq FROM old.sqlite_sequence WHERE name = 'items'";
constexpr std::int64_t kMostNumbers = 10'000'000;  // a damaged number may be any; no machine comes so far
constexpr const char* kLastNumberUsed = "SELECT coalesce(max(number), 0) FROM items";
constexpr const char* kCheck = "PRAGMA quick_check(1)";

void log_not_taken(const base::Error& error) {
  base::log(base::LogLevel::warning, "outbox.old_not_read", {{"detail", error.detail}});
}

std::string stamp_of(base::SystemTime now) {
  std::string stamp = base::to_rfc3339(now);
  std::erase(stamp, ':');
  return stamp;
}

Result<std::int64_t> integer_of(sqlite::Connection& database, const char* sql) {
  auto query = database.prepare(sql);
  if (const auto row = query.step(); !row) return tl::unexpected(row.error());
  return query.integer(0);
}

bool is_sound(sqlite::Connection& database) {
  auto query = database.prepare(kCheck);
  const auto row = query.step();
  return row && *row && query.text(0) == "ok";
}

Result<void> rename_durably(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error && error.value() != ENOENT) return tl::unexpected(base::error_from_errno(error.value(), "put aside", from));
  return {};
}

/// The database with its log under the folder, and the folder's name durable.
Result<void> put_aside(const Place& place, const fs::path& folder) {
  if (auto made = base::make_directory_durably(folder); !made) return made;
  for (const char* part : {"", "-wal", "-shm"}) {
    const fs::path file = place.database().string() + part;
    if (auto moved = rename_durably(file, folder / file.filename()); !moved) return moved;
  }
  if (auto synced = base::sync_directory(folder); !synced) return synced;
  return base::sync_directory(place.directory);
}

/// What came of an old database.
struct Taken {
  std::int64_t last = 0;  ///< number it had given, as far as can be told
  std::int64_t lost = 0;  ///< items that could not be read; a line that was forgotten in time is none
};

/// How far the old database had counted: the mark may be damaged too.
std::int64_t last_number(sqlite::Connection& database, std::int64_t marked) {
  for (const char* sql : {kLastOldRow, kLastOldNumber}) {
    const auto found = integer_of(database, sql);
    if (found && *found <= kMostNumbers) marked = std::max(marked, *found);
  }
  return marked;
}

/// False: its row or what belongs to it cannot be read.
bool take_item(sqlite::Connection& database, std::int64_t number) {
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return false;
  for (const char* sql : {kTakeItem, kTakePayload, kTakeAttachments}) {
    if (!database.prepare(sql).bind(number).run()) return false;
  }
  for (const char* sql : {kTakeKeeping, kTakeManifests}) {
    if (const auto taken = database.prepare(sql).bind(number).run(); !taken) log_not_taken(taken.error());
  }
  return transaction->commit().has_value();
}

/// Row by row, so that a damaged page costs what lies on it. What was sent already is asked for before it is sent
/// again.
Taken take_over(sqlite::Connection& database, const fs::path& old, std::int64_t marked) {
  Taken taken{.last = marked};
  const std::string attach = "ATTACH DATABASE '" + old.string() + "' AS old";
  if (old.string().find('\'') != std::string::npos || !database.execute(attach.c_str())) return taken;
  taken.last = last_number(database, marked);
  std::vector<std::int64_t> damaged;
  for (std::int64_t number = 1; number <= taken.last; ++number) {
    if (!take_item(database, number)) damaged.push_back(number);
  }
  const std::int64_t newest = integer_of(database, kLastNumberUsed).value_or(0);
  taken.lost = taken.last - newest +
               std::count_if(damaged.begin(), damaged.end(), [&](const auto number) { return number < newest; });
  for (const char* sql : {kTakeReceiptKeys, kTakeState, kTakeSequences, kCountSequences}) {
    if (const auto done = database.prepare(sql).run(); !done) log_not_taken(done.error());
  }
  if (const auto detached = database.execute("DETACH DATABASE old"); !detached) {
    base::log(base::LogLevel::warning, "outbox.old_not_closed", {{"detail", detached.error().detail}});
  }
  return taken;
}

/// Hard links: a blob is in one place or both, never in none.
Result<std::size_t> put_pages_aside(sqlite::Connection& database, const blobs::BlobStore& blobs,
                                    const fs::path& folder) {
  std::optional<base::Error> error;
  const auto is_used = [&](std::string_view sha256) {
    const auto row = database.prepare(kIsUsed).bind(sha256).step();
    if (!row) error = row.error();
    if (error || *row) return true;
    std::error_code failed;
    const fs::path page = blobs.path_of(sha256);
    if (!fs::exists(page, failed)) return false;  // half of a page, of a crash
    if (auto made = base::make_directory_durably(folder); !made) error = made.error();
    if (!error) fs::create_hard_link(page, folder / sha256, failed);
    if (!error && failed && failed.value() != EEXIST) {
      error = base::error_from_errno(failed.value(), "put aside", page);
    }
    if (!error) {
      if (auto synced = base::sync_directory(folder); !synced) error = synced.error();
    }
    return error.has_value();
  };
  auto removed = blobs.sweep(is_used);
  if (error) return tl::unexpected(*error);
  return removed;
}

/// The database as it is if it is sound, else a new one with what can be read of it (`taken`).
Result<sqlite::Connection> best_database(const Place& place, const fs::path& aside, std::int64_t marked,
                                         std::optional<Taken>& taken) {
  {
    std::error_code ignored;
    const bool is_there = fs::exists(place.database(), ignored);
    auto old = is_there ? place.open_database() : base::fail(ErrorCode::not_found, "no database");
    if (old && is_sound(*old)) return old;
    if (!is_there) return place.open_database();
  }
  if (auto done = put_aside(place, aside); !done) return tl::unexpected(std::move(done).error());
  auto database = place.open_database();
  if (database) taken = take_over(*database, aside / place.database().filename(), marked);
  return database;
}

/// So that nothing is given twice, and nothing waits for what is no longer there.
Result<void> go_on_from(sqlite::Connection& database, const Promised& promised) {
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  if (auto counted = count_on_from(database, promised); !counted) return counted;
  if (const auto unblocked = database.prepare(kUnblockOrphans).run(); !unblocked)
    return tl::unexpected(unblocked.error());
  return transaction->commit();
}

}  // namespace

Result<Recovered> recover(const fs::path& directory, const blobs::BlobStore& blobs, base::SystemTime now) {
  const Place place{directory};
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(std::move(made).error());
  const auto mark = Mark::open(place.mark());
  if (!mark) return tl::unexpected(mark.error());
  const auto read = mark->read();
  if (!read && read.error().code != ErrorCode::corrupt) return tl::unexpected(read.error());
  Promised promised = read && *read ? **read : Promised{};
  const fs::path aside = directory / ("lost-" + stamp_of(now));
  std::optional<Taken> taken;
  auto database = best_database(place, aside, promised.number, taken);
  if (!database) return tl::unexpected(std::move(database).error());
  const auto had = promised_by(*database, promised.kiosk);
  if (!had) return tl::unexpected(had.error());
  if (taken) promised.number = std::max(promised.number, taken->last);
  if (auto done = go_on_from(*database, promised); !done) return tl::unexpected(std::move(done).error());
  const auto pages = put_pages_aside(*database, blobs, aside / "pages");
  if (!pages) return tl::unexpected(pages.error());
  if (auto moved = database->empty_log(); !moved) return tl::unexpected(std::move(moved).error());
  const auto counted = promised_by(*database, promised.kiosk);
  if (!counted) return tl::unexpected(counted.error());
  if (auto raised = mark->raise(*counted); !raised) return tl::unexpected(std::move(raised).error());
  if (auto synced = base::sync_directory(directory); !synced) return tl::unexpected(std::move(synced).error());
  Recovered recovered{.lost = taken ? taken->lost : promised.number - had->number, .pages = *pages, .set_aside = {}};
  recovered.lost = std::max<std::int64_t>(recovered.lost, 0);
  if (taken || *pages > 0) recovered.set_aside = aside;
  return recovered;
}

}  // namespace bangwu::outbox
