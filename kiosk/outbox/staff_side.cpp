#include "envelope/provisional_number.h"
#include "outbox/bell.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kMakeReady =
    "UPDATE items SET state = 0, due_at = 0, attempts = 0, reason = ?, lease_token = lease_token + 1 WHERE number = ?";
constexpr const char* kStuck =
    "SELECT number FROM items WHERE state = 3 UNION ALL SELECT number FROM items WHERE state = 2 ORDER BY number";
constexpr const char* kListUndelivered =
    "SELECT number FROM items INDEXED BY items_undelivered WHERE state < 4 ORDER BY number LIMIT ? OFFSET ?";
constexpr const char* kListAll = "SELECT number FROM items ORDER BY number LIMIT ? OFFSET ?";
constexpr const char* kCounts = "SELECT state, count(*), sum(size), sum(size * is_kept) FROM items GROUP BY state";
constexpr const char* kHeldFor = "SELECT DISTINCT kiosk FROM items WHERE state < 4 OR is_kept = 1";
constexpr const char* kOldest =
    "SELECT accepted_at FROM items INDEXED BY items_undelivered WHERE state < 4 ORDER BY number LIMIT 1";

Result<std::vector<std::int64_t>> numbers(sqlite::Statement query) {
  std::vector<std::int64_t> found;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return found;
    found.push_back(query.integer(0));
  }
}

/// What central has refused may be there under an earlier signature: it is asked for first.
Reason reason_after_retry(Reason died_of) {
  const bool may_be_there =
      died_of == Reason::different_content || died_of == Reason::duplicate_identity || died_of == Reason::blob_damaged;
  return may_be_there ? Reason::outcome_unknown : died_of;
}

}  // namespace

Result<bool> Outbox::Store::make_ready(const Item& item) {
  const State& state = item.entry.state;
  if (std::holds_alternative<Leased>(state) || std::holds_alternative<Ready>(state)) return false;
  const auto* dead = std::get_if<Dead>(&state);
  // Only an enrolment under its own id brings it back.
  if (dead != nullptr && dead->reason == Reason::sealed_for_another) return false;
  std::optional<std::int64_t> reason;
  if (item.reason) reason = stored(dead != nullptr ? reason_after_retry(*item.reason) : *item.reason);
  if (dead != nullptr && dead->reason == Reason::unreadable) {
    const auto uploads = load_uploads(database, item.number);
    const auto envelope = uploads ? load_envelope(database, item, *uploads) : tl::unexpected(uploads.error());
    if (!envelope) return tl::unexpected(envelope.error());
  }
  if (dead != nullptr && dead->reason == Reason::duplicate_identity) {
    if (auto enrolled = need_identity(); !enrolled) return tl::unexpected(std::move(enrolled).error());
    if (auto done = sign_anew(item, Dependency::kept); !done) return tl::unexpected(std::move(done).error());
  }
  const auto ready = database.prepare(kMakeReady).bind(reason, item.number).run();
  if (!ready) return tl::unexpected(ready.error());
  return true;
}

Result<void> Outbox::retry(const base::Uuid& id) {
  auto done = store_->insist([&]() -> Result<void> {
    sqlite::Connection& database = store_->database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    const auto item = get_item(database, id);
    if (!item) return tl::unexpected(item.error());
    if (std::holds_alternative<Delivered>(item->entry.state))
      return fail(ErrorCode::conflict, base::to_string(id) + " is delivered");
    if (const auto ready = store_->make_ready(*item); !ready) return tl::unexpected(ready.error());
    return transaction->commit();
  });
  store_->note_what_is_new();
  if (done) ring(store_->place.directory);
  return done;
}

Result<std::size_t> Outbox::retry_all() {
  const auto stuck = numbers(store_->database.prepare(kStuck));
  if (!stuck) return tl::unexpected(stuck.error());
  std::size_t ready = 0;
  for (const auto number : *stuck) {
    const auto made_ready = store_->insist([&]() -> Result<bool> {
      auto transaction = sqlite::Transaction::begin(store_->database);
      if (!transaction) return tl::unexpected(std::move(transaction).error());
      const auto item = find_item(store_->database, number);
      if (!item) return tl::unexpected(item.error());
      if (!*item) return false;
      auto made = store_->make_ready(**item);
      if (!made) return made;
      if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
      return made;
    });
    // One that cannot be read stays dead; the next may go.
    if (!made_ready && made_ready.error().code != ErrorCode::corrupt) return tl::unexpected(made_ready.error());
    if (made_ready && *made_ready) ++ready;
  }
  store_->note_what_is_new();
  ring(store_->place.directory);
  return ready;
}

Result<std::vector<Entry>> Outbox::list(Which which, std::size_t limit, std::size_t offset) {
  auto query = store_->database.prepare(which == Which::all ? kListAll : kListUndelivered);
  query.bind(static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset));
  const auto listed = numbers(std::move(query));
  if (!listed) return tl::unexpected(listed.error());
  std::vector<Entry> entries;
  for (const auto number : *listed) {
    auto item = find_item(store_->database, number);
    if (!item && item.error().code != ErrorCode::corrupt) return tl::unexpected(std::move(item).error());
    if (!item) entries.push_back(unreadable_entry(store_->database, number));
    else if (*item) entries.push_back(std::move((*item)->entry));
  }
  return entries;
}

Result<Details> Outbox::show(const base::Uuid& id) {
  auto item = get_item(store_->database, id);
  if (!item) return tl::unexpected(std::move(item).error());
  Details details{.entry = item->entry, .provisional_number = {}, .uploads = {}, .receipt = std::nullopt};
  if (!std::holds_alternative<Delivered>(details.entry.state) || details.entry.is_kept) {
    auto uploads = load_uploads(store_->database, item->number);
    if (!uploads) return tl::unexpected(std::move(uploads).error());
    details.uploads = std::move(*uploads);
    // Of one that cannot be read staff still see the rest.
    const auto envelope = load_envelope(store_->database, *item, details.uploads);
    if (envelope) details.provisional_number = envelope::provisional_number(*envelope);
    else if (envelope.error().code != ErrorCode::corrupt) return tl::unexpected(envelope.error());
  }
  if (item->receipt.empty()) return details;
  auto receipt = envelope::receipt_from_json(item->receipt);
  if (!receipt)
    return fail(ErrorCode::corrupt,
                "outbox database: receipt of " + base::to_string(id) + ": " + receipt.error().detail);
  details.provisional_number = envelope::provisional_number(receipt->format, details.entry.kiosk, id);
  details.receipt = std::move(*receipt);
  return details;
}

Result<std::vector<std::string>> Outbox::held_for() {
  auto query = store_->database.prepare(kHeldFor);
  std::vector<std::string> kiosks;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return kiosks;
    kiosks.push_back(query.text(0));
  }
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
    counts.kept_bytes += static_cast<std::uint64_t>(query.integer(3));
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
