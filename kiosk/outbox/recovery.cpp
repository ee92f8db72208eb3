#include "outbox/recovery.h"

#include <algorithm>

#include "base/log.h"
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
constexpr const char* kIsUsed = "SELECT 1 FROM attachments WHERE sha256 = ? LIMIT 1";
constexpr const char* kLastNumberUsed = "SELECT coalesce(max(number), 0) FROM items";
constexpr const char* kCheck = "PRAGMA quick_check(1)";

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

/// Row by row, so that a damaged page costs what lies on it. What was sent already is asked for before it is sent
/// again.
void take_over(sqlite::Connection& database, const fs::path& old, std::int64_t last) {
  const std::string attach = "ATTACH DATABASE '" + old.string() + "' AS old";
  if (old.string().find('\'') != std::string::npos || !database.execute(attach.c_str())) return;
  for (std::int64_t number = 1; number <= last; ++number) {
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) break;
    bool is_whole = true;
    for (const char* sql : {kTakeItem, kTakePayload, kTakeAttachments}) {
      is_whole = is_whole && database.prepare(sql).bind(number).run();
    }
    if (!is_whole) continue;
    if (auto committed = transaction->commit(); !committed) break;
  }
  if (const auto detached = database.execute("DETACH DATABASE old"); !detached) {
    base::log(base::LogLevel::warning, "outbox.old_not_closed", {{"detail", detached.error().detail}});
  }
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

/// The database as it is if it is sound, else a new one with what can be read of it.
Result<sqlite::Connection> best_database(const Place& place, const fs::path& aside, std::int64_t last, bool& is_aside) {
  {
    std::error_code ignored;
    const bool is_there = fs::exists(place.database(), ignored);
    auto old = is_there ? place.open_database() : base::fail(ErrorCode::not_found, "no database");
    if (old && is_sound(*old)) return old;
    if (!is_there) return place.open_database();
  }
  if (auto done = put_aside(place, aside); !done) return tl::unexpected(std::move(done).error());
  is_aside = true;
  auto database = place.open_database();
  if (database) take_over(*database, aside / place.database().filename(), last);
  return database;
}

}  // namespace

Result<Recovered> recover(const fs::path& directory, const blobs::BlobStore& blobs, base::SystemTime now) {
  const Place place{directory};
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(std::move(made).error());
  const auto mark = Mark::open(place.mark());
  if (!mark) return tl::unexpected(mark.error());
  const auto read = mark->read();
  if (!read && read.error().code != ErrorCode::corrupt) return tl::unexpected(read.error());
  const Promised promised = read && *read ? **read : Promised{};
  const fs::path aside = directory / ("lost-" + stamp_of(now));
  bool is_aside = false;
  auto database = best_database(place, aside, promised.number, is_aside);
  if (!database) return tl::unexpected(std::move(database).error());
  const auto last = integer_of(*database, kLastNumberUsed);
  const auto had = promised_by(*database, promised.kiosk);
  if (!last || !had) return tl::unexpected(last ? had.error() : last.error());

  auto transaction = sqlite::Transaction::begin(*database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  if (auto counted = count_on_from(*database, promised); !counted) return tl::unexpected(std::move(counted).error());
  if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
  const auto pages = put_pages_aside(*database, blobs, aside / "pages");
  if (!pages) return tl::unexpected(pages.error());
  if (auto moved = database->empty_log(); !moved) return tl::unexpected(std::move(moved).error());
  const auto counted = promised_by(*database, promised.kiosk);
  if (!counted) return tl::unexpected(counted.error());
  if (auto raised = mark->raise(*counted); !raised) return tl::unexpected(std::move(raised).error());
  if (auto synced = base::sync_directory(directory); !synced) return tl::unexpected(std::move(synced).error());
  Recovered recovered{.lost = promised.number - (is_aside ? *last : had->number), .pages = *pages, .set_aside = {}};
  recovered.lost = std::max<std::int64_t>(recovered.lost, 0);
  if (is_aside || *pages > 0) recovered.set_aside = aside;
  return recovered;
}

}  // namespace bangwu::outbox
