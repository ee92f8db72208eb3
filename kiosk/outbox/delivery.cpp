#include "base/log.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kEarlierManifests = "SELECT manifest_hash FROM earlier_manifests WHERE item = ?";
constexpr const char* kMarkDelivered =
    "UPDATE items SET state = 4, delivered_at = ?, receipt = ?, due_at = 0, reason = NULL, is_blocked = 0, is_cleared "
    "= 0 "
    "WHERE number = ?";
constexpr const char* kDropPayload = "DELETE FROM payloads WHERE item = ?";
constexpr const char* kUnblock = "UPDATE items SET is_blocked = 0 WHERE is_blocked = 1 AND depends_on = ?";
constexpr const char* kUncleared = "SELECT number FROM items WHERE is_cleared = 0 ORDER BY number LIMIT 1";
constexpr const char* kOwnBlobs =
    "SELECT sha256 FROM attachments AS mine WHERE item = ? AND NOT EXISTS "
    "(SELECT 1 FROM attachments AS other WHERE other.sha256 = mine.sha256 AND other.item <> mine.item)";
constexpr const char* kDropAttachments = "DELETE FROM attachments WHERE item = ?";
constexpr const char* kDropManifests = "DELETE FROM earlier_manifests WHERE item = ?";
constexpr const char* kMarkCleared = "UPDATE items SET is_cleared = 1 WHERE number = ?";

Result<std::vector<std::string>> texts(sqlite::Connection& database, const char* sql, std::int64_t number) {
  auto query = database.prepare(sql);
  query.bind(number);
  std::vector<std::string> found;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return found;
    found.push_back(query.text(0));
  }
}

Result<void> run_on(sqlite::Connection& database, std::int64_t number, std::initializer_list<const char*> statements) {
  for (const char* sql : statements) {
    if (const auto done = database.prepare(sql).bind(number).run(); !done) return tl::unexpected(done.error());
  }
  return {};
}

/// Whether the receipt is about this item as it is signed now, or was before the kiosk enrolled again: what it says was
/// received is the same either way.
Result<bool> proves(sqlite::Connection& database, const Item& item, const envelope::Receipt& receipt,
                    const envelope::VerifyKey& key) {
  auto manifests = texts(database, kEarlierManifests, item.number);
  if (!manifests) return tl::unexpected(std::move(manifests).error());
  manifests->push_back(item.manifest_hash);
  for (const auto& manifest : *manifests) {
    if (envelope::proves_delivery(receipt, item.entry.id, manifest, key)) return true;
  }
  return false;
}

Result<void> store_receipt(sqlite::Connection& database, const Item& item, const envelope::Receipt& receipt,
                           base::SystemTime now) {
  const auto marked = database.prepare(kMarkDelivered)
                          .bind(stored(now), std::string_view(envelope::to_json(receipt)), item.number)
                          .run();
  if (!marked) return tl::unexpected(marked.error());
  if (auto dropped = run_on(database, item.number, {kDropPayload}); !dropped) return dropped;
  const auto unblocked = database.prepare(kUnblock).bind(stored(item.entry.id)).run();
  if (!unblocked) return tl::unexpected(unblocked.error());
  return {};
}

/// Removes what one delivered item still holds; false if there is none. Under the write lock, so that no other
/// connection accepts an item with the same blob between the question and the removal.
Result<bool> clear_one(sqlite::Connection& database, const blobs::BlobStore& blobs) {
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  std::int64_t number = 0;
  {
    auto query = database.prepare(kUncleared);
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return false;
    number = query.integer(0);
  }
  const auto own = texts(database, kOwnBlobs, number);
  if (!own) return tl::unexpected(own.error());
  if (auto removed = blobs.remove_all(*own); !removed) return tl::unexpected(std::move(removed).error());
  if (auto done = run_on(database, number, {kDropAttachments, kDropManifests, kMarkCleared}); !done) {
    return tl::unexpected(std::move(done).error());
  }
  if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
  return true;
}

}  // namespace

Result<void> Outbox::Store::clear_delivered() {
  bool any = false;
  for (;;) {
    const auto cleared = insist([&] { return clear_one(database, blobs); });
    if (!cleared) return tl::unexpected(cleared.error());
    if (!*cleared) break;
    any = true;
  }
  if (!any) return {};
  // The deleted payload is still in the log. Someone reading now is waited for at the next delivery.
  if (const auto emptied = database.empty_log(); !emptied && emptied.error().code != ErrorCode::busy) {
    return tl::unexpected(emptied.error());
  }
  if (const auto free = blobs.free_bytes()) ballast.lay_in(*free);
  return {};
}

Result<void> Outbox::deliver(const base::Uuid& id, const envelope::Receipt& receipt, base::SystemTime now) {
  if (auto enrolled = store_->need_identity(); !enrolled) return enrolled;
  sqlite::Connection& database = store_->database;
  auto stored_receipt = store_->insist([&]() -> Result<void> {
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    const auto item = get_item(database, id);
    if (!item) return tl::unexpected(item.error());
    const auto proven = proves(database, *item, receipt, store_->identity->receipt_key);
    if (!proven) return tl::unexpected(proven.error());
    if (!*proven) return fail(ErrorCode::unauthorised, "the receipt does not prove delivery of " + base::to_string(id));
    if (std::holds_alternative<Delivered>(item->entry.state)) return {};
    if (auto marked = store_receipt(database, *item, receipt, now); !marked) return marked;
    return transaction->commit();
  });
  if (!stored_receipt) return stored_receipt;
  // Delivered is delivered: what could not be removed now is removed after the next delivery or at the next start.
  if (const auto cleared = store_->clear_delivered(); !cleared) {
    base::log(base::LogLevel::warning, "outbox_clearing_put_off",
              {{"item", base::to_string(id)}, {"detail", cleared.error().detail}});
  }
  return {};
}

}  // namespace bangwu::outbox
