#include "base/log.h"
#include "blobs/hasher.h"
#include "outbox/statements.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kUncleared =
    "SELECT number FROM items WHERE is_cleared = 0 AND number > ? ORDER BY number LIMIT 1";
constexpr const char* kIsUncleared = "SELECT 1 FROM items WHERE number = ? AND is_cleared = 0";
constexpr const char* kOwnBlobs =
    "SELECT sha256 FROM attachments AS mine WHERE item = ? AND NOT EXISTS "
    "(SELECT 1 FROM attachments AS other WHERE other.sha256 = mine.sha256 AND other.item <> mine.item)";
constexpr const char* kDropManifests = "DELETE FROM earlier_manifests WHERE item = ?";
constexpr const char* kMarkCleared = "UPDATE items SET is_cleared = 1 WHERE number = ?";

constexpr const char* kKeptBytes = "SELECT coalesce(sum(size), 0) FROM items INDEXED BY items_kept WHERE is_kept = 1";
constexpr const char* kOldestKept =
    "SELECT number, size FROM items INDEXED BY items_kept WHERE is_kept = 1 AND number > ? ORDER BY number LIMIT 1";
constexpr const char* kKeepNoLonger = "UPDATE items SET is_kept = 0, is_cleared = 0 WHERE number = ?";
constexpr const char* kSettle =
    "UPDATE items SET is_kept = 0, is_cleared = 0 WHERE is_kept = 1 AND kiosk = ? AND coalesce("
    "CASE WHEN json_valid(receipt) AND json_extract(receipt, '$.kiosk') = kiosk "
    "THEN json_extract(receipt, '$.sequence') END, sequence) BETWEEN ? AND ?";
// Reason 2, outcome_unknown: central is asked first, for it may have found the item meanwhile.
constexpr const char* kGiveAgain =
    "UPDATE items SET state = 0, is_kept = 0, due_at = 0, attempts = 0, reason = 2, lease_token = lease_token + 1 "
    "WHERE number = ?";
static_assert(stored(Reason::outcome_unknown) == 2);

/// A name that no blob can have is damage in its row, and nothing to remove.
Result<std::vector<std::string>> own_blobs(sqlite::Connection& database, std::int64_t number) {
  auto query = database.prepare(kOwnBlobs);
  query.bind(number);
  std::vector<std::string> found;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return found;
    if (auto name = query.text(0); blobs::is_blob_name(name)) found.push_back(std::move(name));
  }
}

/// The first delivered item after that number that still holds something.
Result<std::optional<std::int64_t>> next_uncleared(sqlite::Connection& database, std::int64_t after) {
  auto query = database.prepare(kUncleared);
  const auto row = query.bind(after).step();
  if (!row) return tl::unexpected(row.error());
  return *row ? std::optional(query.integer(0)) : std::nullopt;
}

/// Removes what one delivered item still holds. Under the write lock, so that no other connection accepts an item with
/// the same blob, or clears this one, between the question and the removal.
Result<void> clear_one(sqlite::Connection& database, const blobs::BlobStore& blobs, std::int64_t number) {
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  const auto still = database.prepare(kIsUncleared).bind(number).step();
  if (!still) return tl::unexpected(still.error());
  if (!*still) return {};
  const auto own = own_blobs(database, number);
  if (!own) return tl::unexpected(own.error());
  if (auto removed = blobs.remove_all(*own); !removed) return tl::unexpected(std::move(removed).error());
  for (const char* sql : {kDropPayload, kDropAttachments, kDropManifests, kMarkCleared}) {
    if (const auto done = database.prepare(sql).bind(number).run(); !done) return tl::unexpected(done.error());
  }
  return transaction->commit();
}

/// What is wrong with the disk or the database as a whole, and not with one item.
bool concerns_all(const base::Error& error) {
  return error.code == ErrorCode::busy || error.code == ErrorCode::disk_full;
}

struct Kept {
  std::int64_t number = 0;
  std::uint64_t size = 0;
};

Result<std::optional<Kept>> oldest_kept(sqlite::Connection& database, std::int64_t after) {
  auto query = database.prepare(kOldestKept);
  const auto row = query.bind(after).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return Kept{query.integer(0), static_cast<std::uint64_t>(query.integer(1))};
}

Result<std::uint64_t> kept_bytes(sqlite::Connection& database) {
  auto query = database.prepare(kKeptBytes);
  if (const auto row = query.step(); !row) return tl::unexpected(row.error());
  return static_cast<std::uint64_t>(query.integer(0));
}

}  // namespace

Result<void> Outbox::Store::clear_delivered() {
  bool any = false;
  for (std::int64_t last = 0;;) {
    const auto number = next_uncleared(database, last);
    if (!number) return tl::unexpected(number.error());
    if (!*number) break;
    last = **number;
    const auto cleared = insist([&] { return clear_one(database, blobs, last); });
    if (!cleared && concerns_all(cleared.error())) return cleared;
    if (cleared) any = true;
    else
      base::log(base::LogLevel::error, "outbox.item_not_cleared",
                {{"number", std::to_string(last)}, {"detail", cleared.error().detail}});
  }
  if (!any) return {};
  // The deleted payload is still in the log. Someone reading now is waited for at the next delivery.
  if (const auto emptied = database.empty_log(); !emptied && emptied.error().code != ErrorCode::busy) {
    return tl::unexpected(emptied.error());
  }
  if (const auto free = blobs.free_bytes()) ballast.lay_in(*free);
  return {};
}

Result<void> Outbox::Store::keep_within_budget(std::uint64_t keep_free) {
  auto kept = kept_bytes(database);
  if (!kept) return tl::unexpected(kept.error());
  for (std::int64_t last = 0;;) {
    const auto free = blobs.free_bytes();
    if (!free) return tl::unexpected(free.error());
    if (*kept <= keeping.budget && *free >= keep_free) return {};
    const auto oldest = oldest_kept(database, last);
    if (!oldest) return tl::unexpected(oldest.error());
    if (!*oldest) return {};
    last = (*oldest)->number;
    const auto dropped = insist([&] { return database.prepare(kKeepNoLonger).bind((*oldest)->number).run(); });
    if (!dropped) return tl::unexpected(dropped.error());
    if (auto cleared = clear_delivered(); !cleared) return cleared;
    *kept -= std::min(*kept, (*oldest)->size);
  }
}

Result<std::size_t> Outbox::settle(std::uint64_t last_sequence, std::uint64_t first_sequence) {
  if (auto enrolled = store_->need_identity(); !enrolled) return tl::unexpected(std::move(enrolled).error());
  auto settled = store_->insist([&] {
    return store_->database.prepare(kSettle)
        .bind(store_->identity->kiosk, static_cast<std::int64_t>(first_sequence),
              static_cast<std::int64_t>(last_sequence))
        .run();
  });
  if (!settled || *settled == 0) return settled;
  if (auto cleared = store_->clear_delivered(); !cleared) return tl::unexpected(std::move(cleared).error());
  return settled;
}

Result<void> Outbox::give_again(const base::Uuid& id) {
  return store_->insist([&]() -> Result<void> {
    sqlite::Connection& database = store_->database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    const auto item = get_item(database, id);
    if (!item) return tl::unexpected(item.error());
    if (!std::holds_alternative<Delivered>(item->entry.state)) {
      return fail(ErrorCode::conflict, base::to_string(id) + " is not delivered");
    }
    if (!item->entry.is_kept) return fail(ErrorCode::unavailable, "nothing is kept of " + base::to_string(id));
    for (const char* sql : {kGiveAgain, kStartUploadsAnew}) {
      if (const auto done = database.prepare(sql).bind(item->number).run(); !done) return tl::unexpected(done.error());
    }
    return transaction->commit();
  });
}

}  // namespace bangwu::outbox
