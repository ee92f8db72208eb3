#pragma once
// Private to this room: how items lie in the database.
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "outbox/item.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {

/// items.state
enum class StoredState : std::int64_t { ready = 0, leased = 1, waiting = 2, dead = 3, delivered = 4 };
[[nodiscard]] constexpr std::int64_t stored(StoredState state) { return static_cast<std::int64_t>(state); }
[[nodiscard]] constexpr std::int64_t stored(Reason reason) { return static_cast<std::int64_t>(reason); }
[[nodiscard]] inline std::int64_t stored(base::SystemTime time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline std::span<const std::uint8_t> stored(const base::Uuid& id) { return id.bytes; }
[[nodiscard]] inline base::SystemTime time_from(std::int64_t milliseconds) {
  return base::SystemTime{std::chrono::milliseconds{milliseconds}};
}

/// A row of items.
struct Item {
  std::int64_t number = 0;
  Entry entry;
  std::string content_hash, manifest_hash;
  std::optional<Reason> reason;
  std::int64_t lease_token = 0;
  std::string receipt;  ///< JSON; empty until it was delivered once
};

/// Whatever waits for something that is not here and on its way waits no longer.
inline constexpr const char* kUnblockOrphans =
    "UPDATE items SET is_blocked = 0 WHERE is_blocked = 1 AND NOT EXISTS "
    "(SELECT 1 FROM items AS needed WHERE needed.id = items.depends_on AND needed.state < 3)";

/// The columns read_item() expects, in its order.
#define BANGWU_ITEM_COLUMNS                                                                              \
  "number, id, kind, priority, kiosk, sequence, created_at, accepted_at, depends_on, is_blocked, size, " \
  "content_hash, manifest_hash, state, due_at, reason, attempts, lease_token, delivered_at, receipt, is_kept "
/// `corrupt` for what no program of ours has written, or only a newer one.
[[nodiscard]] base::Result<Item> read_item(const sqlite::Statement& row);

[[nodiscard]] base::Result<std::optional<Item>> find_item(sqlite::Connection& database, const base::Uuid& id);
[[nodiscard]] base::Result<std::optional<Item>> find_item(sqlite::Connection& database, std::int64_t number);
/// What staff see of a row that read_item() cannot read.
[[nodiscard]] Entry unreadable_entry(sqlite::Connection& database, std::int64_t number);
/// As find_item(), but `not_found` if there is none.
[[nodiscard]] base::Result<Item> get_item(sqlite::Connection& database, const base::Uuid& id);
[[nodiscard]] base::Result<std::vector<Upload>> load_uploads(sqlite::Connection& database, std::int64_t number);
/// The envelope as it was signed; nothing of it may have been removed yet. `corrupt` if it is not what was signed.
[[nodiscard]] base::Result<envelope::Envelope> load_envelope(sqlite::Connection& database, const Item& item,
                                                             const std::vector<Upload>& uploads);

}  // namespace bangwu::outbox
