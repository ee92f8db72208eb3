#include <algorithm>
#include <set>
#include <utility>

#include "base/log.h"
#include "outbox/statements.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;
using base::SystemTime;
using std::chrono::milliseconds;

namespace {

// So many become ready at once at most, or the first call after a long break would be slow.
#define BANGWU_BATCH "64"
constexpr const char* kEndWaits =
    "UPDATE items SET state = 0 WHERE number IN (SELECT number FROM items WHERE state = 2 AND due_at <= ? "
    "ORDER BY due_at LIMIT " BANGWU_BATCH ")";
constexpr const char* kEndImpossibleWaits =
    "UPDATE items SET state = 0 WHERE number IN (SELECT number FROM items WHERE state = 2 AND due_at > ? "
    "ORDER BY due_at DESC LIMIT " BANGWU_BATCH ")";
// Whoever held the lease is gone, perhaps between sending and hearing: reason 2 is outcome_unknown.
constexpr const char* kEndLeases =
    "UPDATE items SET state = 0, reason = 2 WHERE number IN (SELECT number FROM items WHERE state = 1 AND due_at <= ? "
    "ORDER BY due_at LIMIT " BANGWU_BATCH ")";
constexpr const char* kEndImpossibleLeases =
    "UPDATE items SET state = 0, reason = 2 WHERE number IN (SELECT number FROM items WHERE state = 1 AND due_at > ? "
    "ORDER BY due_at DESC LIMIT " BANGWU_BATCH ")";
constexpr const char* kReclaim = "UPDATE items SET state = 0, reason = 2 WHERE state = 1";
static_assert(stored(Reason::outcome_unknown) == 2);

// The index alone: a row that cannot be read has its number there all the same.
constexpr const char* kReadyInOrder =
    "SELECT number FROM items INDEXED BY items_ready WHERE state = 0 AND is_blocked = 0 ORDER BY priority, size, "
    "number";
constexpr const char* kLease =
    "UPDATE items SET state = 1, due_at = ?, attempts = attempts + 1, lease_token = lease_token + 1 WHERE number = ?";
constexpr const char* kGiveUpDependency = "UPDATE items SET state = 3, due_at = 0, reason = 18 WHERE number = ?";
static_assert(stored(Reason::dependency_never_came) == 18);
constexpr const char* kFirstWait =
    "SELECT (SELECT due_at FROM items INDEXED BY items_waiting WHERE state = 2 ORDER BY due_at LIMIT 1), "
    "(SELECT due_at FROM items INDEXED BY items_waiting WHERE state = 2 ORDER BY due_at DESC LIMIT 1)";
constexpr const char* kFirstLease =
    "SELECT (SELECT due_at FROM items INDEXED BY items_leased WHERE state = 1 ORDER BY due_at LIMIT 1), "
    "(SELECT due_at FROM items INDEXED BY items_leased WHERE state = 1 ORDER BY due_at DESC LIMIT 1)";

#define BANGWU_IF_LEASED " WHERE number = ? AND state = 1 AND lease_token = ?"
constexpr const char* kExtend = "UPDATE items SET due_at = ?" BANGWU_IF_LEASED;
constexpr const char* kPostpone = "UPDATE items SET state = 2, due_at = ?, reason = ?" BANGWU_IF_LEASED;
constexpr const char* kBury = "UPDATE items SET state = 3, due_at = 0, reason = ?" BANGWU_IF_LEASED;
constexpr const char* kRelease = "UPDATE items SET state = 0, due_at = 0, attempts = attempts - 1" BANGWU_IF_LEASED;
constexpr const char* kSetUpload =
    "UPDATE attachments SET upload_url = ?, is_complete = 0 WHERE sha256 = ? AND item = "
    "(SELECT number FROM items" BANGWU_IF_LEASED ")";
constexpr const char* kSetComplete =
    "UPDATE attachments SET is_complete = 1 WHERE sha256 = ? AND item = (SELECT number FROM items" BANGWU_IF_LEASED ")";

Result<void> end_what_is_due(sqlite::Connection& database, SystemTime now) {
  const auto run = [&](const char* sql, SystemTime time) { return database.prepare(sql).bind(stored(time)).run(); };
  for (const auto& [sql, time] : {std::pair{kEndWaits, now}, std::pair{kEndImpossibleWaits, now + kLongestWait},
                                  std::pair{kEndLeases, now}, std::pair{kEndImpossibleLeases, now + kLongestLease}}) {
    if (const auto ended = run(sql, time); !ended) return tl::unexpected(ended.error());
  }
  return {};
}

/// The first of the index that is not to be passed over.
Result<std::optional<std::int64_t>> next_number(sqlite::Connection& database, const std::set<std::int64_t>& but_not) {
  auto query = database.prepare(kReadyInOrder);
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::nullopt;
    if (!but_not.contains(query.integer(0))) return query.integer(0);
  }
}

/// The first due time of a state's rows; `now` when one lies impossibly far ahead, for it counts as over.
Result<std::optional<SystemTime>> first_due(sqlite::Connection& database, const char* sql, SystemTime now,
                                            milliseconds longest) {
  auto query = database.prepare(sql);
  const auto row = query.step();
  if (!row) return tl::unexpected(row.error());
  if (query.is_null(0)) return std::nullopt;
  if (time_from(query.integer(1)) > now + longest) return now;
  return std::max(now, time_from(query.integer(0)));
}

SystemTime lease_end(SystemTime now, milliseconds duration) {
  return now + std::clamp(duration, milliseconds{1}, kLongestLease);
}

Result<Parcel> parcel_of(sqlite::Connection& database, Item item) {
  auto uploads = load_uploads(database, item.number);
  if (!uploads) return tl::unexpected(std::move(uploads).error());
  auto envelope = load_envelope(database, item, *uploads);
  if (!envelope) return tl::unexpected(std::move(envelope).error());
  Parcel parcel{.lease = {item.entry.id, item.number, item.lease_token + 1},
                .envelope = std::move(*envelope),
                .manifest_hash = std::move(item.manifest_hash),
                .uploads = std::move(*uploads),
                .attempts = item.entry.attempts + 1,
                .last_failure = item.reason,
                .receipt = std::nullopt};
  if (item.receipt.empty()) return parcel;
  auto receipt = envelope::receipt_from_json(item.receipt);
  if (receipt) parcel.receipt = std::move(*receipt);
  return parcel;
}

bool has_waited_long_enough(const Item& item) {
  return item.entry.depends_on && item.reason == Reason::dependency_missing &&
         item.entry.attempts >= kDependencyAttempts;
}

}  // namespace

/// What central never had cannot be waited for. A rating says something by itself and goes without; what only corrects
/// or continues another waits for staff.
Result<std::optional<Item>> Outbox::Store::part_from_dependency(Item item) {
  base::log(base::LogLevel::error, "outbox.dependency_never_came",
            {{"item", base::to_string(item.entry.id)}, {"needed", base::to_string(*item.entry.depends_on)}});
  if (item.entry.kind != envelope::Kind::rating || !need_identity()) {
    for (const auto& done : {database.prepare(kGiveUpDependency).bind(item.number).run(),
                             database.prepare(kUnblockDependants).bind(stored(item.entry.id)).run()}) {
      if (!done) return tl::unexpected(done.error());
    }
    return std::nullopt;
  }
  if (auto signed_anew = sign_anew(item, Dependency::left_out); !signed_anew) {
    return tl::unexpected(std::move(signed_anew).error());
  }
  return find_item(database, item.number);
}

Result<std::optional<Parcel>> Outbox::Store::lease_first(SystemTime until) {
  for (std::optional<std::int64_t> before;;) {
    const auto number = next_number(database, beyond_help);
    if (!number) return tl::unexpected(number.error());
    if (!*number) return std::nullopt;
    // It was seen to, and the index still names it as ready: the index is damaged.
    if (*number == std::exchange(before, *number)) {
      pass_over(**number);
      continue;
    }
    auto item = find_item(database, **number);
    if (item && *item && !std::holds_alternative<Ready>((*item)->entry.state)) continue;
    if (item && *item && has_waited_long_enough(**item)) {
      item = part_from_dependency(std::move(**item));
      if (item && !*item) continue;
    }
    auto parcel = item && *item ? parcel_of(database, std::move(**item)) : Result<Parcel>{};
    if (!item) parcel = tl::unexpected(item.error());
    if (item && !*item) parcel = fail(ErrorCode::corrupt, "outbox database: its index names a row that is not there");
    if (parcel) {
      const auto leased = database.prepare(kLease).bind(until, **number).run();
      if (!leased) return tl::unexpected(leased.error());
      return std::move(*parcel);
    }
    if (parcel.error().code != ErrorCode::corrupt) return tl::unexpected(std::move(parcel).error());
    if (auto aside = set_aside(**number, parcel.error().detail); !aside)
      return tl::unexpected(std::move(aside).error());
  }
}

Result<std::optional<Parcel>> Outbox::lease_next(SystemTime now, milliseconds duration) {
  auto leased = store_->insist([&]() -> Result<std::optional<Parcel>> {
    sqlite::Connection& database = store_->database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    if (auto ended = end_what_is_due(database, now); !ended) return tl::unexpected(std::move(ended).error());
    auto parcel = store_->lease_first(lease_end(now, duration));
    if (!parcel) return parcel;
    if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
    return parcel;
  });
  store_->note_what_is_new();
  return leased;
}

Result<std::optional<SystemTime>> Outbox::next_due(SystemTime now) {
  const auto ready = next_number(store_->database, store_->beyond_help);
  if (!ready) return tl::unexpected(ready.error());
  if (*ready) return now;
  auto waiting = first_due(store_->database, kFirstWait, now, kLongestWait);
  if (!waiting) return waiting;
  const auto leased = first_due(store_->database, kFirstLease, now, kLongestLease);
  if (!leased) return leased;
  if (!*waiting || (*leased && **leased < **waiting)) return leased;
  return waiting;
}

Result<std::size_t> Outbox::reclaim_leases() {
  return store_->insist([&] { return store_->database.prepare(kReclaim).run(); });
}

Result<void> Outbox::extend(const Lease& lease, SystemTime now, milliseconds duration) {
  return store_->change_leased(kExtend, lease, stored(lease_end(now, duration)));
}

Result<void> Outbox::record_upload(const Lease& lease, std::string_view sha256, std::string_view url) {
  return store_->change_leased(kSetUpload, lease, url, sha256);
}

Result<void> Outbox::record_uploaded(const Lease& lease, std::string_view sha256) {
  return store_->change_leased(kSetComplete, lease, sha256);
}

Result<void> Outbox::forget_upload(const Lease& lease, std::string_view sha256) {
  return store_->change_leased(kSetUpload, lease, std::string_view{}, sha256);
}

Result<void> Outbox::postpone(const Lease& lease, SystemTime now, SystemTime until, Reason reason) {
  return store_->change_leased(kPostpone, lease, stored(std::clamp(until, now, now + kLongestWait)), stored(reason));
}

Result<void> Outbox::bury(const Lease& lease, Reason reason) {
  return store_->insist([&]() -> Result<void> {
    auto transaction = sqlite::Transaction::begin(store_->database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    if (auto buried = store_->change_leased_once(kBury, lease, stored(reason)); !buried) return buried;
    // What waited for it finds out for itself whether central has it.
    const auto unblocked = store_->database.prepare(kUnblockDependants).bind(stored(lease.id)).run();
    if (!unblocked) return tl::unexpected(unblocked.error());
    return transaction->commit();
  });
}

Result<void> Outbox::release(const Lease& lease) { return store_->change_leased(kRelease, lease); }

}  // namespace bangwu::outbox
