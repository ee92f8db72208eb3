#include "outbox/outbox.h"

#include "base/log.h"
#include "outbox/schema.h"
#include "outbox/store.h"
#include "sqlite/migrate.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::fail;
using base::Result;

Outbox::Outbox(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Outbox::Outbox(Outbox&&) noexcept = default;
Outbox& Outbox::operator=(Outbox&&) noexcept = default;
Outbox::~Outbox() = default;

Result<sqlite::Connection> Place::open_database() const {
  auto connection = sqlite::Connection::open(database(), {.name = "outbox database"});
  if (!connection) return connection;
  if (auto migrated = sqlite::migrate(*connection, schema_steps()); !migrated) {
    return tl::unexpected(std::move(migrated).error());
  }
  return connection;
}

namespace {

/// SQLite would make a new database in the place of a lost one.
Result<void> insist_on_database(const Place& place, const Mark& mark) {
  std::error_code ignored;
  if (std::filesystem::exists(place.database(), ignored)) return {};
  const auto promised = mark.read();
  if (promised && !*promised) return {};
  return fail(ErrorCode::corrupt, place.database().string() + " is gone");
}

base::Error with_advice(base::Error error, const Place& place) {
  if (error.code != ErrorCode::corrupt) return error;
  error.detail += ". Nothing was removed. Copy the data folder away and check the disk; then put the newest copy of " +
                  place.database().string() +
                  " back if there is one, or let staff decide to go on with what can be read: bangwu-kiosk queue "
                  "--data DIR recover";
  return error;
}

}  // namespace

Result<Outbox> Outbox::open(const std::filesystem::path& directory, blobs::BlobStore blobs,
                            std::optional<Identity> identity, Keeping keeping) {
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(std::move(made).error());
  const Place place{directory};
  const Ballast ballast(directory / "ballast");
  auto mark = Mark::open(place.mark());
  // SQLite says "unable to open" as well when the full disk has no place for the name of its log.
  const auto may_be_full = [](ErrorCode code) { return code == ErrorCode::disk_full || code == ErrorCode::io_failed; };
  if (!mark && may_be_full(mark.error().code) && ballast.give_up()) mark = Mark::open(place.mark());
  if (!mark) return tl::unexpected(std::move(mark).error());
  if (auto there = insist_on_database(place, *mark); !there) return tl::unexpected(with_advice(there.error(), place));
  auto database = place.open_database();
  if (!database && may_be_full(database.error().code) && ballast.give_up()) database = place.open_database();
  if (!database) return tl::unexpected(with_advice(database.error(), place));
  // SQLite does not sync the folder for a new database file's own name.
  if (auto synced = base::sync_directory(directory); !synced) return tl::unexpected(std::move(synced).error());

  auto store = std::make_unique<Store>(Store{.place = place,
                                             .database = std::move(*database),
                                             .blobs = std::move(blobs),
                                             .identity = std::move(identity),
                                             .ballast = ballast,
                                             .mark = std::move(*mark),
                                             .keeping = keeping});
  if (auto begun = store->begin(); !begun) return tl::unexpected(with_advice(begun.error(), place));
  return Outbox(std::move(store));
}

Result<void> Outbox::Store::begin() {
  if (auto checked = check_promises(); !checked) return checked;
  if (auto adopted = insist([&] { return adopt_identity(); }); !adopted) return adopted;
  // Whatever of this fails, the next start does; what is queued is delivered all the same.
  const auto tidied = insist([&] {
                        return unblock_orphans();
                      }).and_then([&] {
                          return keep_within_budget(keeping.keep_free);
                        }).and_then([&] { return clear_delivered(); });
  if (!tidied) base::log(base::LogLevel::error, "outbox.not_tidied", {{"detail", tidied.error().detail}});
  if (const auto free = blobs.free_bytes()) ballast.lay_in(*free);
  return {};
}

Result<bool> Outbox::has_room(std::uint64_t minimum) {
  if (const auto written = store_->mark.write_again(); !written) return tl::unexpected(written.error());
  store_->note_what_is_new();
  auto free = store_->blobs.free_bytes();
  if (!free) return tl::unexpected(free.error());
  if (*free < minimum) {
    // What is delivered already is worth less than a visit.
    if (auto kept = store_->keep_within_budget(minimum); !kept) return tl::unexpected(std::move(kept).error());
    free = store_->blobs.free_bytes();
    if (!free) return tl::unexpected(free.error());
  }
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

}  // namespace bangwu::outbox
