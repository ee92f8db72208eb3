#include <algorithm>

#include "base/log.h"
#include "outbox/statements.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kEarlierManifests = "SELECT manifest_hash FROM earlier_manifests WHERE item = ?";
constexpr const char* kEarlierKeys = "SELECT key FROM receipt_keys WHERE last_number >= ?";
constexpr const char* kMarkDelivered =
    "UPDATE items SET state = 4, delivered_at = ?, delivered_on = (SELECT ledger_day FROM state), receipt = ?, "
    "due_at = 0, reason = NULL, is_blocked = 0, is_kept = 1 WHERE number = ?";
constexpr const char* kReceipts =
    "SELECT receipt FROM items WHERE json_valid(receipt) AND json_extract(receipt, '$.kiosk') = ? "
    "ORDER BY json_extract(receipt, '$.received_at') DESC";

/// Every manifest this item was ever signed as: what they say was received is the same.
Result<std::vector<std::string>> manifests_of(sqlite::Connection& database, const Item& item) {
  std::vector<std::string> manifests{item.manifest_hash};
  auto query = database.prepare(kEarlierManifests);
  query.bind(item.number);
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return manifests;
    manifests.push_back(query.text(0));
  }
}

/// The present receipt key, and those of earlier enrolments under which this item was already here.
Result<std::vector<envelope::VerifyKey>> keys_for(sqlite::Connection& database, const Item& item,
                                                  const envelope::VerifyKey& present) {
  std::vector<envelope::VerifyKey> keys{present};
  auto query = database.prepare(kEarlierKeys);
  query.bind(item.number);
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return keys;
    const auto bytes = query.bytes(0);
    if (bytes.size() == present.size()) std::copy(bytes.begin(), bytes.end(), keys.emplace_back().begin());
  }
}

Result<bool> proves(sqlite::Connection& database, const Item& item, const envelope::Receipt& receipt,
                    const envelope::VerifyKey& present) {
  const auto manifests = manifests_of(database, item);
  if (!manifests) return tl::unexpected(manifests.error());
  const auto keys = keys_for(database, item, present);
  if (!keys) return tl::unexpected(keys.error());
  for (const auto& key : *keys) {
    for (const auto& manifest : *manifests) {
      if (envelope::proves_delivery(receipt, item.entry.id, manifest, key)) return true;
    }
  }
  return false;
}

Result<void> store_receipt(sqlite::Connection& database, const Item& item, const envelope::Receipt& receipt,
                           base::SystemTime now) {
  const auto marked = database.prepare(kMarkDelivered).bind(now, envelope::to_json(receipt), item.number).run();
  if (!marked) return tl::unexpected(marked.error());
  const auto unblocked = database.prepare(kUnblockDependants).bind(stored(item.entry.id)).run();
  if (!unblocked) return tl::unexpected(unblocked.error());
  return {};
}

}  // namespace

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
  auto cleared =
      store_->keep_within_budget(store_->keeping.keep_free).and_then([&] { return store_->clear_delivered(); });
  if (!cleared) {
    base::log(base::LogLevel::warning, "outbox.clearing_put_off",
              {{"item", base::to_string(id)}, {"detail", cleared.error().detail}});
  }
  return {};
}

/// By when it was received, not by its number here: what lay longest may have arrived last.
Result<std::optional<envelope::Receipt>> Outbox::latest_receipt() {
  if (auto enrolled = store_->need_identity(); !enrolled) return tl::unexpected(std::move(enrolled).error());
  auto query = store_->database.prepare(kReceipts);
  query.bind(store_->identity->kiosk);
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::nullopt;
    auto receipt = envelope::receipt_from_json(query.text(0));
    const bool is_central = receipt && envelope::proves_delivery(*receipt, receipt->envelope, receipt->manifest_hash,
                                                                 store_->identity->receipt_key);
    if (is_central) return std::move(*receipt);
  }
}

}  // namespace bangwu::outbox
