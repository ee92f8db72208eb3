#include "envelope/provisional_number.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kMakeReady =
    "UPDATE items SET state = 0, due_at = 0, attempts = 0, lease_token = lease_token + 1 WHERE number = ?";
constexpr const char* kKeepManifest = "INSERT OR IGNORE INTO earlier_manifests (item, manifest_hash) VALUES (?, ?)";
constexpr const char* kRenumber = "UPDATE items SET kiosk = ?, sequence = ?, manifest_hash = ? WHERE number = ?";
constexpr const char* kReseal = "UPDATE payloads SET signature = ? WHERE item = ?";
constexpr const char* kStartUploadsAnew = "UPDATE attachments SET upload_url = '', is_complete = 0 WHERE item = ?";
constexpr const char* kDeadIds = "SELECT id FROM items INDEXED BY items_dead WHERE state = 3 ORDER BY number";
constexpr const char* kListUndelivered =
    "SELECT " BANGWU_ITEM_COLUMNS
    "FROM items INDEXED BY items_undelivered WHERE state < 4 ORDER BY number LIMIT ? OFFSET ?";
constexpr const char* kListAll = "SELECT " BANGWU_ITEM_COLUMNS "FROM items ORDER BY number LIMIT ? OFFSET ?";
constexpr const char* kCounts = "SELECT state, count(*), sum(size) FROM items GROUP BY state";
constexpr const char* kOldest =
    "SELECT accepted_at FROM items INDEXED BY items_undelivered WHERE state < 4 ORDER BY number LIMIT 1";

bool needs_signing(const Item& item, const std::optional<Identity>& identity) {
  const auto* dead = std::get_if<Dead>(&item.entry.state);
  return (identity && item.entry.kiosk != identity->kiosk) ||
         (dead != nullptr && dead->reason == Reason::duplicate_identity);
}

/// A new number and signature; the old manifest is kept, for a receipt of it may still come.
Result<void> sign_again(sqlite::Connection& database, const Identity& identity, const Item& item,
                        std::uint64_t sequence) {
  const auto uploads = load_uploads(database, item.number);
  if (!uploads) return tl::unexpected(uploads.error());
  auto envelope = load_envelope(database, item, *uploads);
  if (!envelope) return tl::unexpected(std::move(envelope).error());
  envelope->kiosk = identity.kiosk;
  envelope->sequence = sequence;
  envelope::sign(*envelope, *identity.device);
  const auto kept = database.prepare(kKeepManifest).bind(item.number, std::string_view(item.manifest_hash)).run();
  if (!kept) return tl::unexpected(kept.error());
  const std::string manifest_hash = envelope::manifest_hash(*envelope);
  const auto renumbered = database.prepare(kRenumber)
                              .bind(std::string_view(identity.kiosk), static_cast<std::int64_t>(sequence),
                                    std::string_view(manifest_hash), item.number)
                              .run();
  if (!renumbered) return tl::unexpected(renumbered.error());
  const auto resealed = database.prepare(kReseal).bind(std::span(envelope->signature), item.number).run();
  if (!resealed) return tl::unexpected(resealed.error());
  // Uploads belong to the kiosk that made them.
  const auto begun_anew = database.prepare(kStartUploadsAnew).bind(item.number).run();
  if (!begun_anew) return tl::unexpected(begun_anew.error());
  return {};
}

}  // namespace

Result<void> Outbox::retry(const base::Uuid& id) {
  return store_->insist([&]() -> Result<void> {
    sqlite::Connection& database = store_->database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    const auto item = get_item(database, id);
    if (!item) return tl::unexpected(item.error());
    const State& state = item->entry.state;
    if (std::holds_alternative<Delivered>(state))
      return fail(ErrorCode::conflict, base::to_string(id) + " is delivered");
    if (std::holds_alternative<Leased>(state)) return {};
    if (needs_signing(*item, store_->identity)) {
      if (auto enrolled = store_->need_identity(); !enrolled) return enrolled;
      const auto sequence = store_->next_sequence();
      if (!sequence) return tl::unexpected(sequence.error());
      if (auto done = sign_again(database, *store_->identity, *item, *sequence); !done) return done;
    } else if (std::holds_alternative<Ready>(state)) {
      return {};
    }
    const auto ready = database.prepare(kMakeReady).bind(item->number).run();
    if (!ready) return tl::unexpected(ready.error());
    return transaction->commit();
  });
}

Result<std::size_t> Outbox::retry_dead() {
  std::vector<base::Uuid> ids;
  {
    auto query = store_->database.prepare(kDeadIds);
    for (;;) {
      const auto row = query.step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) break;
      base::Uuid id;
      const auto bytes = query.bytes(0);
      std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
      ids.push_back(id);
    }
  }
  for (const auto& id : ids) {
    if (auto done = retry(id); !done) return tl::unexpected(std::move(done).error());
  }
  return ids.size();
}

Result<std::vector<Entry>> Outbox::list(Which which, std::size_t limit, std::size_t offset) {
  auto query = store_->database.prepare(which == Which::all ? kListAll : kListUndelivered);
  query.bind(static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset));
  std::vector<Entry> entries;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return entries;
    auto item = read_item(query);
    if (!item) return tl::unexpected(std::move(item).error());
    entries.push_back(std::move(item->entry));
  }
}

Result<Details> Outbox::show(const base::Uuid& id) {
  auto item = get_item(store_->database, id);
  if (!item) return tl::unexpected(std::move(item).error());
  Details details{.entry = item->entry, .provisional_number = {}, .uploads = {}, .receipt = std::nullopt};
  if (!std::holds_alternative<Delivered>(details.entry.state)) {
    auto uploads = load_uploads(store_->database, item->number);
    if (!uploads) return tl::unexpected(std::move(uploads).error());
    details.uploads = std::move(*uploads);
    const auto envelope = load_envelope(store_->database, *item, details.uploads);
    if (!envelope) return tl::unexpected(envelope.error());
    details.provisional_number = envelope::provisional_number(*envelope);
    return details;
  }
  auto receipt = envelope::receipt_from_json(item->receipt);
  if (!receipt)
    return fail(ErrorCode::corrupt,
                "outbox database: receipt of " + base::to_string(id) + ": " + receipt.error().detail);
  details.provisional_number = envelope::provisional_number(receipt->format, details.entry.kiosk, id);
  details.receipt = std::move(*receipt);
  return details;
}

Result<Counts> Outbox::counts() {
  Counts counts;
  auto query = store_->database.prepare(kCounts);
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
    const auto number = static_cast<std::size_t>(query.integer(1));
    const auto state = static_cast<StoredState>(query.integer(0));
    if (state != StoredState::delivered) counts.undelivered_bytes += static_cast<std::uint64_t>(query.integer(2));
    switch (state) {
      case StoredState::ready: counts.ready = number; break;
      case StoredState::leased: counts.leased = number; break;
      case StoredState::waiting: counts.waiting = number; break;
      case StoredState::dead: counts.dead = number; break;
      case StoredState::delivered: counts.delivered = number; break;
    }
  }
  auto oldest = store_->database.prepare(kOldest);
  const auto row = oldest.step();
  if (!row) return tl::unexpected(row.error());
  if (*row) counts.oldest_undelivered = time_from(oldest.integer(0));
  return counts;
}

}  // namespace bangwu::outbox
