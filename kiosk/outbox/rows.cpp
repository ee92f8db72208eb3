#include "outbox/rows.h"

#include <algorithm>

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kById = "SELECT " BANGWU_ITEM_COLUMNS "FROM items WHERE id = ?";
constexpr const char* kByNumber = "SELECT " BANGWU_ITEM_COLUMNS "FROM items WHERE number = ?";
constexpr const char* kWhatIsLeft = "SELECT id, accepted_at, size FROM items WHERE number = ?";
constexpr const char* kUploads =
    "SELECT sha256, size, media_type, role, upload_url, is_complete FROM attachments WHERE item = ? ORDER BY position";
constexpr const char* kPayload = "SELECT sealed_key, body, signature FROM payloads WHERE item = ?";

base::Uuid uuid_from(const base::Bytes& bytes) {
  base::Uuid id;
  std::copy_n(bytes.begin(), std::min(bytes.size(), id.bytes.size()), id.bytes.begin());
  return id;
}

std::optional<State> state_from(std::int64_t state, std::int64_t due_at, std::optional<Reason> reason,
                                std::int64_t delivered_at) {
  switch (static_cast<StoredState>(state)) {
    case StoredState::ready: return Ready{};
    case StoredState::leased: return Leased{time_from(due_at)};
    case StoredState::waiting: return Waiting{time_from(due_at), reason.value_or(Reason::network)};
    case StoredState::dead: return Dead{reason.value_or(Reason::refused)};
    case StoredState::delivered: return Delivered{time_from(delivered_at)};
  }
  return std::nullopt;
}

bool is_known(Reason reason) { return reason >= Reason::network && reason <= kLastReason; }
bool is_known(Priority priority) { return priority >= Priority::urgent && priority <= Priority::background; }

tl::unexpected<base::Error> unreadable(std::int64_t number, std::string_view what) {
  return fail(ErrorCode::corrupt, "outbox database: item " + std::to_string(number) + " has " + std::string(what));
}

Result<std::optional<Item>> first_item(sqlite::Statement& query) {
  const auto row = query.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto item = read_item(query);
  if (!item) return tl::unexpected(std::move(item).error());
  return std::move(*item);
}

}  // namespace

Result<Item> read_item(const sqlite::Statement& row) {
  Item item;
  Entry& entry = item.entry;
  entry.number = item.number = row.integer(0);
  const auto id = row.bytes(1);
  if (id.size() != entry.id.bytes.size()) return unreadable(item.number, "an id of another length");
  entry.id = uuid_from(id);
  entry.kind = envelope::kind_from_name(row.text(2));
  if (!entry.kind) return unreadable(item.number, "an unknown kind");
  entry.priority = static_cast<Priority>(row.integer(3));
  if (!is_known(entry.priority)) return unreadable(item.number, "an unknown priority");
  entry.kiosk = row.text(4);
  entry.sequence = static_cast<std::uint64_t>(row.integer(5));
  entry.created_at = time_from(row.integer(6));
  entry.accepted_at = time_from(row.integer(7));
  entry.depends_on = row.is_null(8) ? std::nullopt : std::optional{uuid_from(row.bytes(8))};
  entry.size = static_cast<std::uint64_t>(row.integer(10));
  item.content_hash = row.text(11);
  item.manifest_hash = row.text(12);
  if (!row.is_null(15)) item.reason = static_cast<Reason>(row.integer(15));
  if (item.reason && !is_known(*item.reason)) return unreadable(item.number, "an unknown reason");
  const auto state = state_from(row.integer(13), row.integer(14), item.reason, row.integer(18));
  if (!state) return unreadable(item.number, "an unknown state");
  entry.state = *state;
  entry.is_blocked = row.integer(9) != 0 && entry.depends_on && std::holds_alternative<Ready>(*state);
  entry.attempts = static_cast<int>(row.integer(16));
  item.lease_token = row.integer(17);
  item.receipt = row.text(19);
  entry.is_kept = row.integer(20) != 0;
  return item;
}

Result<std::optional<Item>> find_item(sqlite::Connection& database, const base::Uuid& id) {
  auto query = database.prepare(kById);
  query.bind(stored(id));
  return first_item(query);
}

Result<std::optional<Item>> find_item(sqlite::Connection& database, std::int64_t number) {
  auto query = database.prepare(kByNumber);
  query.bind(number);
  return first_item(query);
}

Entry unreadable_entry(sqlite::Connection& database, std::int64_t number) {
  Entry entry;
  entry.number = number;
  entry.state = Dead{Reason::unreadable};
  auto query = database.prepare(kWhatIsLeft);
  query.bind(number);
  if (const auto row = query.step(); !row || !*row) return entry;
  entry.id = uuid_from(query.bytes(0));
  entry.accepted_at = query.time(1);
  entry.size = static_cast<std::uint64_t>(query.integer(2));
  return entry;
}

Result<Item> get_item(sqlite::Connection& database, const base::Uuid& id) {
  auto item = find_item(database, id);
  if (!item) return tl::unexpected(std::move(item).error());
  if (!*item) return fail(ErrorCode::not_found, "the outbox holds no item " + base::to_string(id));
  return std::move(**item);
}

Result<std::vector<Upload>> load_uploads(sqlite::Connection& database, std::int64_t number) {
  auto query = database.prepare(kUploads);
  query.bind(number);
  std::vector<Upload> uploads;
  for (;;) {
    const auto row = query.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return uploads;
    uploads.push_back({{query.text(0), static_cast<std::uint64_t>(query.integer(1)), query.text(2), query.text(3)},
                       query.text(4),
                       query.integer(5) != 0});
  }
}

Result<envelope::Envelope> load_envelope(sqlite::Connection& database, const Item& item,
                                         const std::vector<Upload>& uploads) {
  auto query = database.prepare(kPayload);
  const auto row = query.bind(item.number).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row)
    return fail(ErrorCode::corrupt, "outbox database: item " + base::to_string(item.entry.id) + " has no payload");
  envelope::Envelope envelope{.id = item.entry.id,
                              .kind = *item.entry.kind,
                              .kiosk = item.entry.kiosk,
                              .sequence = item.entry.sequence,
                              .created_at = item.entry.created_at,
                              .depends_on = item.entry.depends_on,
                              .sealed_key = query.bytes(0),
                              .destroyed_key = {},
                              .body = query.bytes(1),
                              .attachments = {},
                              .signature = query.bytes(2)};
  for (const auto& upload : uploads) envelope.attachments.push_back(upload.attachment);
  if (envelope::manifest_hash(envelope) != item.manifest_hash) return unreadable(item.number, "not what was signed");
  return envelope;
}

}  // namespace bangwu::outbox
