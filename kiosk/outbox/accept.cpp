#include "base/log.h"
#include "outbox/statements.h"
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
// What is dead is not waited for: central may have it, or never will.
constexpr const char* kIsOnItsWay = "SELECT 1 FROM items WHERE id = ? AND state < 3";
constexpr const char* kForget = "DELETE FROM items WHERE id = ? AND state = 0 RETURNING number";
// Written even when there is nothing to take back: a commit over the place where the doubtful one may lie in the log.
constexpr const char* kNoteTakenBack = "UPDATE state SET taken_back = taken_back + 1";

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
  return database.prepare(kIsOnItsWay).bind(stored(*depends_on)).step();
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

struct Outbox::Store::Attempt {
  const Draft& draft;
  envelope::Envelope envelope;
  std::string content_hash;  ///< of what is the same under any enrolment
  base::SystemTime now;
  bool is_doubtful = false;  ///< its commit failed: what the disk has of it is unknown
};

Result<Acceptance> Outbox::Store::accept_once(Attempt& attempt) {
  attempt.is_doubtful = false;
  const Draft& draft = attempt.draft;
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  // Under the lock: another connection may have accepted the same draft, or delivered and removed a blob.
  const auto before = accepted_before(database, draft, attempt.content_hash);
  if (!before) return tl::unexpected(before.error());
  if (*before) return **before;
  for (const auto& attachment : draft.attachments) {
    if (!blobs.contains({attachment.sha256, attachment.size})) {
      return fail(ErrorCode::not_found, "attachment " + attachment.sha256 + " is not in the blob store");
    }
  }
  const auto sequence = next_sequence();
  if (!sequence) return tl::unexpected(sequence.error());
  attempt.envelope.kiosk = identity->kiosk;
  attempt.envelope.sequence = *sequence;
  envelope::sign(attempt.envelope, *identity->device);
  if (auto inserted = insert(database, draft, attempt.envelope, attempt.content_hash, attempt.now); !inserted) {
    return tl::unexpected(std::move(inserted).error());
  }
  auto committed = transaction->commit();
  attempt.is_doubtful = !committed;
  if (!committed) return tl::unexpected(std::move(committed).error());
  return Acceptance{draft.id, *sequence};
}

/// On a new connection: it knows nothing of the failed one but what the log says.
Result<std::optional<Acceptance>> Outbox::Store::take_back(const base::Uuid& id) {
  auto fresh = place.open_database();
  if (!fresh) return tl::unexpected(std::move(fresh).error());
  database = std::move(*fresh);
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return tl::unexpected(std::move(transaction).error());
  auto query = database.prepare(kForget);
  const auto row = query.bind(stored(id)).step();
  if (!row) return tl::unexpected(row.error());
  const std::int64_t number = *row ? query.integer(0) : 0;
  if (*row) {
    if (const auto done = query.step(); !done) return tl::unexpected(done.error());
  } else {
    const auto item = find_item(database, id);
    if (!item) return tl::unexpected(item.error());
    if (*item) return Acceptance{id, (*item)->entry.sequence};
  }
  for (const auto& done :
       {database.prepare(kDropPayload).bind(number).run(), database.prepare(kDropAttachments).bind(number).run(),
        database.prepare(kNoteTakenBack).run()}) {
    if (!done) return tl::unexpected(done.error());
  }
  if (auto committed = transaction->commit(); !committed) return tl::unexpected(std::move(committed).error());
  return std::nullopt;
}

Result<Acceptance> Outbox::Store::find_out(Attempt& attempt, const base::Error& failed) {
  base::log(base::LogLevel::error, "outbox.commit_failed",
            {{"item", base::to_string(attempt.draft.id)}, {"detail", failed.detail}});
  if (auto fresh = place.open_database()) {
    database = std::move(*fresh);
    auto again = accept_once(attempt);
    // What was found may have been seen in memory only, so it is moved into the database file, which is synced.
    if (again && database.empty_log()) return again;
  }
  const auto left = insist([&] { return take_back(attempt.draft.id); });
  if (left && !*left) return tl::unexpected(failed);
  if (left && database.write_back()) return **left;
  return fail(ErrorCode::timed_out, "whether item " + base::to_string(attempt.draft.id) +
                                        " is stored is unknown, for the disk fails: check it; " + failed.detail);
}

Result<Acceptance> Outbox::accept(const Draft& draft, base::SystemTime now) {
  if (auto enrolled = store_->need_identity(); !enrolled) return tl::unexpected(std::move(enrolled).error());
  Store::Attempt attempt{.draft = draft, .envelope = unsigned_envelope(draft), .content_hash = {}, .now = now};
  attempt.content_hash = envelope::manifest_hash(attempt.envelope);
  const auto before = accepted_before(store_->database, draft, attempt.content_hash);
  if (!before) return tl::unexpected(before.error());
  if (*before) return **before;
  if (auto room = store_->need_ballast(); !room) return tl::unexpected(std::move(room).error());
  if (auto sound = check_form(attempt.envelope, store_->identity->kiosk); !sound)
    return tl::unexpected(std::move(sound).error());
  for (const auto& attachment : draft.attachments) {
    auto verified = store_->blobs.verify_unless_fresh({attachment.sha256, attachment.size});
    if (!verified) return tl::unexpected(std::move(verified).error());
  }
  auto accepted = store_->accept_once(attempt);
  if (!accepted && attempt.is_doubtful) accepted = store_->find_out(attempt, base::Error(accepted.error()));
  if (accepted) store_->note_promise();
  return accepted;
}

}  // namespace bangwu::outbox
