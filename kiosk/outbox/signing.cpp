#include "base/log.h"
#include "outbox/statements.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kBatch = 200;  // items signed in one transaction

constexpr const char* kNextSequence =
    "INSERT INTO identities (kiosk, last_sequence) VALUES (?, 1) "
    "ON CONFLICT (kiosk) DO UPDATE SET last_sequence = last_sequence + 1 RETURNING last_sequence";
constexpr const char* kKeepManifest = "INSERT OR IGNORE INTO earlier_manifests (item, manifest_hash) VALUES (?, ?)";
constexpr const char* kRenumber =
    "UPDATE items SET kiosk = ?, sequence = ?, depends_on = ?, manifest_hash = ? WHERE number = ?";
constexpr const char* kReseal = "UPDATE payloads SET signature = ? WHERE item = ?";

constexpr const char* kKnownIdentity = "SELECT kiosk, device_key, receipt_key FROM state";
constexpr const char* kRememberIdentity = "UPDATE state SET kiosk = ?, device_key = ?, receipt_key = ?";
constexpr const char* kKeepReceiptKey =
    "INSERT INTO receipt_keys (key, last_number) VALUES (?, (SELECT coalesce(max(number), 0) FROM items)) "
    "ON CONFLICT (key) DO UPDATE SET last_number = excluded.last_number";
constexpr const char* kUndeliveredAfter =
    "SELECT number FROM items INDEXED BY items_undelivered WHERE state < 4 AND number > ? ORDER BY number LIMIT ?";
// Reason 2 is outcome_unknown: what was sent under the old identity is asked for first.
constexpr const char* kReadyToAsk =
    "UPDATE items SET state = 0, due_at = 0, attempts = 0, reason = 2, lease_token = lease_token + 1 WHERE number = ?";
static_assert(stored(Reason::outcome_unknown) == 2);

// Reason 20 is sealed_for_another.
constexpr const char* kCannotGo =
    "UPDATE items SET state = 3, due_at = 0, is_blocked = 0, reason = 20, lease_token = lease_token + 1 "
    "WHERE number = ?";
static_assert(stored(Reason::sealed_for_another) == 20);

/// What a dead item died of may be over with a new enrolment.
bool died_of_identity(Reason reason) {
  return reason == Reason::unknown_kiosk || reason == Reason::refused || reason == Reason::different_content ||
         reason == Reason::duplicate_identity || reason == Reason::sealed_for_another;
}

struct Known {
  std::string kiosk;
  base::Bytes device_key, receipt_key;
};

Result<Known> known_identity(sqlite::Connection& database) {
  auto query = database.prepare(kKnownIdentity);
  const auto row = query.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return base::fail(ErrorCode::corrupt, "outbox database: its own state is gone");
  return Known{query.text(0), query.bytes(1), query.bytes(2)};
}

Result<std::vector<std::int64_t>> undelivered_after(sqlite::Connection& database, std::int64_t number) {
  auto query = database.prepare(kUndeliveredAfter);
  query.bind(number, std::int64_t{kBatch});
  std::vector<std::int64_t> numbers;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return numbers;
    numbers.push_back(query.integer(0));
  }
}

base::Bytes bytes_of(const envelope::VerifyKey& key) { return {key.begin(), key.end()}; }

}  // namespace

Result<std::uint64_t> Outbox::Store::next_sequence() {
  auto query = database.prepare(kNextSequence);
  const auto row = query.bind(std::string_view(identity->kiosk)).step();
  if (!row) return tl::unexpected(row.error());
  const auto sequence = static_cast<std::uint64_t>(query.integer(0));
  has_promised = true;
  if (const auto done = query.step(); !done) return tl::unexpected(done.error());
  return sequence;
}

Result<void> Outbox::Store::sign_anew(const Item& item, Dependency dependency) {
  const auto uploads = load_uploads(database, item.number);
  if (!uploads) return tl::unexpected(uploads.error());
  auto envelope = load_envelope(database, item, *uploads);
  if (!envelope) return tl::unexpected(std::move(envelope).error());
  const auto sequence = next_sequence();
  if (!sequence) return tl::unexpected(sequence.error());
  envelope->kiosk = identity->kiosk;
  envelope->sequence = *sequence;
  if (dependency == Dependency::left_out) envelope->depends_on.reset();
  envelope::sign(*envelope, *identity->device);
  std::optional<std::span<const std::uint8_t>> depends_on;
  if (envelope->depends_on) depends_on = stored(*envelope->depends_on);
  for (const auto& done : {database.prepare(kKeepManifest).bind(item.number, item.manifest_hash).run(),
                           database.prepare(kRenumber)
                               .bind(identity->kiosk, static_cast<std::int64_t>(*sequence), depends_on,
                                     envelope::manifest_hash(*envelope), item.number)
                               .run(),
                           database.prepare(kReseal).bind(envelope->signature, item.number).run(),
                           // Uploads belong to the kiosk that made them.
                           database.prepare(kStartUploadsAnew).bind(item.number).run()}) {
    if (!done) return tl::unexpected(done.error());
  }
  return {};
}

/// Signs one item if another key of this kiosk had signed it, and lets it live if it died of that. The sealed key of
/// format 2 opens under the kiosk it was made for only: under another id it would be refused for ever.
Result<void> Outbox::Store::adopt(const Item& item) {
  const auto uploads = load_uploads(database, item.number);
  if (!uploads) return tl::unexpected(uploads.error());
  const auto envelope = load_envelope(database, item, *uploads);
  if (!envelope) return tl::unexpected(envelope.error());
  const bool is_ours = item.entry.kiosk == identity->kiosk;
  const bool is_signed = is_ours && envelope::is_signed_by(*envelope, identity->device->public_key());
  const auto* dead = std::get_if<Dead>(&item.entry.state);
  const bool stays_dead = dead != nullptr && !died_of_identity(dead->reason);
  const bool was_put_by = dead != nullptr && dead->reason == Reason::sealed_for_another;
  if (is_signed && !was_put_by) return {};
  if (!is_ours && format_of(*envelope) == envelope::Format::two) return stays_dead ? Result<void>{} : put_by(item);
  if (!is_signed) {
    if (auto done = sign_anew(item, Dependency::kept); !done) return done;
  }
  if (stays_dead) return {};
  if (item.entry.attempts == 0 && std::holds_alternative<Ready>(item.entry.state)) return {};  // never sent
  if (const auto ready = database.prepare(kReadyToAsk).bind(item.number).run(); !ready) {
    return tl::unexpected(ready.error());
  }
  return {};
}

Result<void> Outbox::Store::put_by(const Item& item) {
  base::log(base::LogLevel::error, "outbox.sealed_for_another",
            {{"item", base::to_string(item.entry.id)}, {"kiosk", item.entry.kiosk}});
  if (const auto done = database.prepare(kCannotGo).bind(item.number).run(); !done) return tl::unexpected(done.error());
  return {};
}

/// In parts, each for itself: a crash between two goes on where it was, for what is signed is left alone.
Result<void> Outbox::Store::adopt_items() {
  for (std::int64_t last = 0;;) {
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction) return tl::unexpected(std::move(transaction).error());
    const auto numbers = undelivered_after(database, last);
    if (!numbers) return tl::unexpected(numbers.error());
    if (numbers->empty()) return {};
    for (const auto number : *numbers) {
      const auto item = find_item(database, number);
      auto adopted = item && *item ? adopt(**item) : Result<void>{};
      if (!item) adopted = tl::unexpected(item.error());
      if (!adopted && adopted.error().code == ErrorCode::corrupt) adopted = set_aside(number, adopted.error().detail);
      if (!adopted) return adopted;
    }
    if (auto committed = transaction->commit(); !committed) return committed;
    last = numbers->back();
  }
}

Result<void> Outbox::Store::adopt_identity() {
  if (!identity || identity->device == nullptr) return {};
  const auto known = known_identity(database);
  if (!known) return tl::unexpected(known.error());
  const auto device_key = bytes_of(identity->device->public_key());
  const auto receipt_key = bytes_of(identity->receipt_key);
  const bool is_signer = known->kiosk == identity->kiosk && known->device_key == device_key;
  if (is_signer && known->receipt_key == receipt_key) return {};
  if (!is_signer) {
    if (auto adopted = adopt_items(); !adopted) return adopted;
  }
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  if (!known->receipt_key.empty() && known->receipt_key != receipt_key) {
    if (const auto kept = database.prepare(kKeepReceiptKey).bind(known->receipt_key).run(); !kept) {
      return tl::unexpected(kept.error());
    }
  }
  const auto remembered = database.prepare(kRememberIdentity).bind(identity->kiosk, device_key, receipt_key).run();
  if (!remembered) return tl::unexpected(remembered.error());
  if (auto committed = transaction->commit(); !committed) return committed;
  if (is_signer || known->kiosk.empty()) return {};
  base::log(base::LogLevel::info, "outbox.signed_anew", {{"kiosk", identity->kiosk}});
  note_promise();
  return {};
}

}  // namespace bangwu::outbox
