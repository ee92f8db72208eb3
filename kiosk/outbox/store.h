#pragma once
// Private to this room: what an Outbox is made of, shared by the files that implement its parts.
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "outbox/ballast.h"
#include "outbox/mark.h"
#include "outbox/outbox.h"
#include "outbox/rows.h"
#include "sqlite/connection.h"
#include "sqlite/transaction.h"

namespace bangwu::outbox {

/// Where an outbox lies.
struct Place {
  std::filesystem::path directory;
  [[nodiscard]] std::filesystem::path database() const { return directory / "outbox.sqlite"; }
  [[nodiscard]] std::filesystem::path mark() const { return directory.string() + ".mark"; }
  /// Opens the database and brings it to the present schema.
  [[nodiscard]] base::Result<sqlite::Connection> open_database() const;
};

/// The last number and sequence the database has given. `kiosk`: whose sequence.
[[nodiscard]] base::Result<Promised> promised_by(sqlite::Connection& database, const std::string& kiosk);
/// Never counts from less than that again.
[[nodiscard]] base::Result<void> count_on_from(sqlite::Connection& database, const Promised& promised);

struct Outbox::Store {
  Place place;
  sqlite::Connection database;
  blobs::BlobStore blobs;
  std::optional<Identity> identity;
  Ballast ballast;
  Mark mark;
  Keeping keeping;
  std::set<std::int64_t> beyond_help = {};  ///< numbers that cannot even be set aside: passed over
  bool has_promised = false;                ///< what note_promise() does is to be done, or was not possible

  /// What must be written even when the disk is full: tried again once the ballast is given up.
  template <class Act>
  auto insist(Act act) {
    auto result = act();
    if (!result && result.error().code == base::ErrorCode::disk_full && ballast.give_up()) result = act();
    return result;
  }
  /// One statement on the item of a lease that is still good; `conflict` otherwise.
  template <class... Values>
  base::Result<void> change_leased_once(const char* sql, const Lease& lease, const Values&... values) {
    const auto changed = database.prepare(sql).bind(values..., lease.number, lease.token).run();
    if (!changed) return tl::unexpected(changed.error());
    if (*changed == 1) return {};
    return base::fail(base::ErrorCode::conflict, "the lease of item " + base::to_string(lease.id) + " has ended");
  }
  template <class... Values>
  base::Result<void> change_leased(const char* sql, const Lease& lease, const Values&... values) {
    return insist([&] { return change_leased_once(sql, lease, values...); });
  }
  /// What open() does besides opening.
  [[nodiscard]] base::Result<void> begin();
  [[nodiscard]] base::Result<void> need_identity() const;
  /// Nothing is taken in that might not get out again: `disk_full` without the ballast.
  [[nodiscard]] base::Result<void> need_ballast() const;

  // ---- accept.cpp ----
  struct Attempt;
  [[nodiscard]] base::Result<Acceptance> accept_once(Attempt& attempt);
  /// After a commit that failed: stored, or durably not stored, or `timed_out`.
  [[nodiscard]] base::Result<Acceptance> find_out(Attempt& attempt, const base::Error& failed);
  /// Nothing: it is not there any more. Its acceptance: it is out of our hands, for the courier has taken it.
  [[nodiscard]] base::Result<std::optional<Acceptance>> take_back(const base::Uuid& id);

  // ---- courier_side.cpp ----
  /// Inside a transaction.
  [[nodiscard]] base::Result<std::optional<Parcel>> lease_first(base::SystemTime until);
  /// The item as it goes on without what it depended on; nothing: it cannot, and is dead.
  [[nodiscard]] base::Result<std::optional<Item>> part_from_dependency(Item item);

  // ---- staff_side.cpp ----
  /// Of a dead or waiting item; false: it was neither. Inside a transaction.
  [[nodiscard]] base::Result<bool> make_ready(const Item& item);

  // ---- promise.cpp ----
  /// Compares the database with the mark; `corrupt` if it has forgotten something.
  [[nodiscard]] base::Result<void> check_promises();
  /// What was just committed is no longer only in the log, and the mark knows of it. What was not possible (someone
  /// reads what was before) is tried again when has_promised is looked at next.
  void note_promise();
  void note_what_is_new() {
    if (has_promised) note_promise();
  }

  // ---- signing.cpp ----
  /// The next number under this identity, never given twice. Inside a transaction.
  [[nodiscard]] base::Result<std::uint64_t> next_sequence();
  /// A new number and signature; the old manifest is kept, for a receipt of it may still come. `without`: what it
  /// depended on is left out. Inside a transaction.
  enum class Dependency { kept, left_out };
  [[nodiscard]] base::Result<void> sign_anew(const Item& item, Dependency dependency);
  /// After an enrolment: all that is not delivered is signed by the present identity.
  [[nodiscard]] base::Result<void> adopt_identity();
  [[nodiscard]] base::Result<void> adopt_items();
  /// One item, if another identity had signed it; it lives again if it died of that.
  [[nodiscard]] base::Result<void> adopt(const Item& item);
  /// Dead, until this machine has the id again under which the item was sealed.
  [[nodiscard]] base::Result<void> put_by(const Item& item);

  // ---- rows that cannot be read (unreadable.cpp) ----
  /// Dead as unreadable, and nothing waits behind it.
  [[nodiscard]] base::Result<void> set_aside(std::int64_t number, std::string_view why);
  /// Nothing can be written of it: it is not looked at again until the next start.
  void pass_over(std::int64_t number);
  /// kUnblockOrphans.
  [[nodiscard]] base::Result<void> unblock_orphans();

  // ---- keeping.cpp ----
  /// Gives up the oldest of what is kept until it fits and so many bytes of the disk are free.
  [[nodiscard]] base::Result<void> keep_within_budget(std::uint64_t keep_free);
  /// Finishes what the end of keeping began: payloads and blobs of items that are delivered go. What one of them holds
  /// and cannot be removed stays until the next time; the others go.
  [[nodiscard]] base::Result<void> clear_delivered();
};

}  // namespace bangwu::outbox
