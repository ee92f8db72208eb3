#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kInsertItem =
    "INSERT INTO items (id, kind, priority, kiosk, sequence, created_at, accepted_at, depends_on, is_blocked, size, "
    "content_hash, manifest_hash, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING number";
constexpr const char* kInsertPayload = "INSERT INTO payloads (item, sealed_key, body, signature) VALUES (?, ?, ?, ?)";
constexpr const char* kInsertAttachment =
    "INSERT INTO attachments (item, position, sha256, size, media_type, role) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* kIsUndelivered = "SELECT 1 FROM items WHERE id = ? AND state < 4";

envelope::Envelope unsigned_envelope(const Draft& draft) {
  return {.id = draft.id,
          .kind = draft.kind,
          .kiosk = {},
          .sequence = 0,
          .created_at = draft.created_at,
          .depends_on = draft.depends_on,
          .sealed_key = draft.sealed_key,
          .destroyed_key = {},
          .body = draft.body,
          .attachments = draft.attachments,
          .signature = {}};
}

/// The reader of the central service is the judge of what it would take.
Result<void> check_form(envelope::Envelope envelope, const std::string& kiosk) {
  envelope.kiosk = kiosk;
  envelope.sequence = 1;
  envelope.signature.assign(64, 0);
  const auto read = envelope::envelope_from_json(envelope::to_json(envelope));
  if (!read) return tl::unexpected(read.error());
  if (*read != envelope) return fail(ErrorCode::invalid_input, "the draft does not survive its wire form");
  return {};
}

std::uint64_t size_of(const Draft& draft) {
  std::uint64_t size = draft.body.size();
  for (const auto& attachment : draft.attachments) size += attachment.size;
  return size;
}

Result<std::optional<Acceptance>> accepted_before(sqlite::Connection& database, const Draft& draft,
                                                  const std::string& content_hash) {
  const auto item = find_item(database, draft.id);
  if (!item) return tl::unexpected(item.error());
  if (!*item) return std::nullopt;
  if ((*item)->content_hash == content_hash) return Acceptance{draft.id, (*item)->entry.sequence};
  return fail(ErrorCode::conflict, "item " + base::to_string(draft.id) + " was accepted with other content");
}

Result<bool> is_blocked(sqlite::Connection& database, const std::optional<base::Uuid>& depends_on) {
  if (!depends_on) return false;
  return database.prepare(kIsUndelivered).bind(stored(*depends_on)).step();
}

Result<void> insert(sqlite::Connection& database, const Draft& draft, const envelope::Envelope& envelope,
                    const std::string& content_hash, base::SystemTime now) {
  const auto blocked = is_blocked(database, draft.depends_on);
  if (!blocked) return tl::unexpected(blocked.error());
  std::optional<std::span<const std::uint8_t>> depends_on;
  if (draft.depends_on) depends_on = stored(*draft.depends_on);
  auto query = database.prepare(kInsertItem);
  query.bind(stored(envelope.id), std::string_view(envelope::name_of(envelope.kind)),
             static_cast<std::int64_t>(draft.priority), std::string_view(envelope.kiosk),
             static_cast<std::int64_t>(envelope.sequence), stored(envelope.created_at), stored(now), depends_on,
             std::int64_t{*blocked}, static_cast<std::int64_t>(size_of(draft)), std::string_view(content_hash),
             std::string_view(envelope::manifest_hash(envelope)));
  const auto row = query.step();
  if (!row) return tl::unexpected(row.error());
  const std::int64_t number = query.integer(0);
  if (const auto done = query.step(); !done) return tl::unexpected(done.error());
  const auto payload =
      database.prepare(kInsertPayload)
          .bind(number, std::span(envelope.sealed_key), std::span(envelope.body), std::span(envelope.signature))
          .run();
  if (!payload) return tl::unexpected(payload.error());
  for (std::size_t i = 0; i < envelope.attachments.size(); ++i) {
    const auto& attachment = envelope.attachments[i];
    const auto added = database.prepare(kInsertAttachment)
                           .bind(number, static_cast<std::int64_t>(i), std::string_view(attachment.sha256),
                                 static_cast<std::int64_t>(attachment.size), std::string_view(attachment.media_type),
                                 std::string_view(attachment.role))
                           .run();
    if (!added) return tl::unexpected(added.error());
  }
  return {};
}

}  // namespace

Result<Acceptance> Outbox::accept(const Draft& draft, base::SystemTime now) {
  if (auto enrolled = store_->need_identity(); !enrolled) return tl::unexpected(std::move(enrolled).error());
  sqlite::Connection& database = store_->database;
  envelope::Envelope envelope = unsigned_envelope(draft);
  const std::string content_hash = envelope::manifest_hash(envelope);  // what is the same under any enrolment
  const auto before = accepted_before(database, draft, content_hash);
  if (!before) return tl::unexpected(before.error());
  if (*before) return **before;
  if (auto room = store_->need_ballast(); !room) return tl::unexpected(std::move(room).error());
  if (auto sound = check_form(envelope, store_->identity->kiosk); !sound)
    return tl::unexpected(std::move(sound).error());
  for (const auto& attachment : draft.attachments) {
    auto verified = store_->blobs.verify_unless_fresh({attachment.sha256, attachment.size});
    if (!verified) return tl::unexpected(std::move(verified).error());
  }

  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  // Once more under the lock: another connection may have accepted the same draft, or delivered and removed a blob.
  const auto meanwhile = accepted_before(database, draft, content_hash);
  if (!meanwhile) return tl::unexpected(meanwhile.error());
  if (*meanwhile) return **meanwhile;
  for (const auto& attachment : draft.attachments) {
    if (!store_->blobs.contains({attachment.sha256, attachment.size})) {
      return fail(ErrorCode::not_found, "attachment " + attachment.sha256 + " is not in the blob store");
    }
  }
  const auto sequence = store_->next_sequence();
  if (!sequence) return tl::unexpected(sequence.error());
  envelope.kiosk = store_->identity->kiosk;
  envelope.sequence = *sequence;
  envelope::sign(envelope, *store_->identity->device);
  if (auto inserted = insert(database, draft, envelope, content_hash, now); !inserted) {
    return tl::unexpected(std::move(inserted).error());
  }
  if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
  return Acceptance{draft.id, *sequence};
}

}  // namespace bangwu::outbox
