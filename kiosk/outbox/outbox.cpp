#include "outbox/outbox.h"

#include "outbox/schema.h"
#include "outbox/store.h"
#include "sqlite/migrate.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

constexpr const char* kNextSequence =
    "INSERT INTO identities (kiosk, last_sequence) VALUES (?, 1) "
    "ON CONFLICT (kiosk) DO UPDATE SET last_sequence = last_sequence + 1 RETURNING last_sequence";

}  // namespace

Outbox::Outbox(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Outbox::Outbox(Outbox&&) noexcept = default;
Outbox& Outbox::operator=(Outbox&&) noexcept = default;
Outbox::~Outbox() = default;

Result<Outbox> Outbox::open(const std::filesystem::path& directory, blobs::BlobStore blobs,
                            std::optional<Identity> identity) {
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(std::move(made).error());
  const Ballast ballast(directory / "ballast");
  const auto open_database = [&]() -> Result<sqlite::Connection> {
    auto database = sqlite::Connection::open(directory / "outbox.sqlite", {.name = "outbox database"});
    if (!database) return database;
    if (auto migrated = sqlite::migrate(*database, schema_steps()); !migrated)
      return tl::unexpected(std::move(migrated).error());
    return database;
  };
  auto database = open_database();
  // SQLite says "unable to open" as well when the full disk has no place for the name of its log.
  const auto may_be_full = [](ErrorCode code) { return code == ErrorCode::disk_full || code == ErrorCode::io_failed; };
  if (!database && may_be_full(database.error().code) && ballast.give_up()) database = open_database();
  if (!database) return tl::unexpected(std::move(database).error());
  // SQLite does not sync the folder for a new database file's own name.
  if (auto synced = base::sync_directory(directory); !synced) return tl::unexpected(std::move(synced).error());

  auto store = std::make_unique<Store>(Store{std::move(*database), std::move(blobs), std::move(identity), ballast});
  if (auto cleared = store->clear_delivered(); !cleared) return tl::unexpected(std::move(cleared).error());
  if (const auto free = store->blobs.free_bytes()) ballast.lay_in(*free);
  return Outbox(std::move(store));
}

Result<bool> Outbox::has_room(std::uint64_t minimum) const {
  const auto free = store_->blobs.free_bytes();
  if (!free) return tl::unexpected(free.error());
  return *free >= minimum;
}

Result<void> Outbox::Store::need_identity() const {
  if (identity && identity->device != nullptr) return {};
  return base::fail(ErrorCode::unauthorised, "this kiosk is not enrolled: run the enrol command first");
}

Result<void> Outbox::Store::need_ballast() const {
  if (ballast.is_whole()) return {};
  const auto free = blobs.free_bytes();
  if (!free) return tl::unexpected(free.error());
  if (ballast.lay_in(*free)) return {};
  return base::fail(ErrorCode::disk_full, "no room for the outbox's ballast: free the disk, or bring the network back");
}

Result<std::uint64_t> Outbox::Store::next_sequence() {
  auto query = database.prepare(kNextSequence);
  const auto row = query.bind(std::string_view(identity->kiosk)).step();
  if (!row) return tl::unexpected(row.error());
  const auto sequence = static_cast<std::uint64_t>(query.integer(0));
  if (const auto done = query.step(); !done) return tl::unexpected(done.error());
  return sequence;
}

}  // namespace bangwu::outbox
