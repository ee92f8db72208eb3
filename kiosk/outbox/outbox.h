#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blobs/blob_store.h"
#include "outbox/item.h"
#include "outbox/terms.h"

namespace bangwu::outbox {

/// The durable queue between a finished visit and the central service: one SQLite file (WAL, synchronous=FULL) beside
/// the blobs. An item is ready, leased, waiting, dead or delivered; only a verified receipt removes what it holds.
///
/// Threads: an Outbox is one connection, for one thread at a time. Threads and processes each open their own on the
/// same directory. Times are given by the caller; the wall clock may jump either way.
/// Errors of every function besides those named: disk_full, io_failed, corrupt, busy (another connection held the file
/// for more than ten seconds). A failed function changed nothing.
/// Crashes: after a kill or power cut at any instruction, what a function that returned has promised is still so, and
/// one that had not returned took effect wholly or not at all; open() finishes what a delivery left behind. What was
/// accepted is in the database file itself, not only in its log, and noted in the high-water mark. One row that cannot
/// be read stops nothing but itself. A small ballast file is given up when the disk is full, so that deliveries make
/// room.
class Outbox {
 public:
  /// Creates the directory and the database, or migrates the schema forward (`unsupported` if it is newer than this
  /// program). Without an identity (not enrolled) accept, deliver and signing again fail with unauthorised.
  ///
  /// What is not delivered and was signed with another key of this kiosk is numbered and signed anew before it returns;
  /// what died of the old one is ready again. What is sealed under another id than this kiosk's stays as it was, dead
  /// until the machine has that id again (format 1 goes under any). `corrupt`: the database cannot be read, or has
  /// forgotten what the high-water mark (DIRECTORY.mark) says was promised; `detail` says what to do. Nothing was
  /// changed or removed then.
  [[nodiscard]] static base::Result<Outbox> open(const std::filesystem::path& directory, blobs::BlobStore blobs,
                                                 std::optional<Identity> identity, Keeping keeping = {});
  Outbox(Outbox&&) noexcept;
  Outbox& operator=(Outbox&&) noexcept;
  ~Outbox();

  /// Verifies each attachment's bytes, gives the next sequence, signs, stores. Once it has returned the item is on the
  /// disk. The same draft again gives the same acceptance, even after delivery; `conflict` for the same id with other
  /// content; `not_found` or `corrupt` for an attachment; `invalid_input` for what no central would take. `timed_out`:
  /// the disk failed at the commit and since, so that it may be stored or not; the same draft again finds out.
  [[nodiscard]] base::Result<Acceptance> accept(const Draft& draft, base::SystemTime now);
  /// Whether at least `minimum` bytes are left for new visits, when need be after giving up what is kept of delivered
  /// items; otherwise they are refused, what was accepted stays.
  /// Fails if the disk takes no writes (it was made read-only, or is broken): they are tried, down to the disk.
  [[nodiscard]] base::Result<bool> has_room(std::uint64_t minimum);

  // ---- the courier ----
  /// The next item to attempt, its lease stored before it is returned. Nothing when none is due: items that wait,
  /// are dead, or whose dependency is here and undelivered are passed over. As fast for 10^6 items as for 10^2.
  [[nodiscard]] base::Result<std::optional<Parcel>> lease_next(base::SystemTime now,
                                                               std::chrono::milliseconds duration);
  /// When the next waiting or leased item is due (now if something is ready); nothing if none will be by itself.
  [[nodiscard]] base::Result<std::optional<base::SystemTime>> next_due(base::SystemTime now);
  /// Leases left by a courier that is no more become ready. Called by the machine's one courier when it starts.
  [[nodiscard]] base::Result<std::size_t> reclaim_leases();

  // Each fails with `conflict` if the lease is stale: its item was leased again, retried, or delivered.
  [[nodiscard]] base::Result<void> extend(const Lease& lease, base::SystemTime now, std::chrono::milliseconds duration);
  [[nodiscard]] base::Result<void> record_upload(const Lease& lease, std::string_view sha256, std::string_view url);
  [[nodiscard]] base::Result<void> record_uploaded(const Lease& lease, std::string_view sha256);
  /// The attachment's upload starts anew: 404 on its URL, or central asks for it again.
  [[nodiscard]] base::Result<void> forget_upload(const Lease& lease, std::string_view sha256);
  /// Waits until then, at most kLongestWait from now.
  [[nodiscard]] base::Result<void> postpone(const Lease& lease, base::SystemTime now, base::SystemTime until,
                                            Reason reason);
  /// Dead: waits for staff.
  [[nodiscard]] base::Result<void> bury(const Lease& lease, Reason reason);
  /// Ready again, this attempt not counted: the courier stops.
  [[nodiscard]] base::Result<void> release(const Lease& lease);

  /// Stores the receipt. What the item holds is kept until it is settled, within Keeping; else its payload goes and the
  /// blobs no other item uses. Needs no lease: the receipt is the proof. `unauthorised` if it does not prove delivery
  /// of this envelope as this kiosk signed it, now or before it enrolled again (then by that enrolment's receipt key
  /// too). A repeat is no error.
  [[nodiscard]] base::Result<void> deliver(const base::Uuid& id, const envelope::Receipt& receipt,
                                           base::SystemTime now);

  /// Central says that all of this identity's sequences from the first to the last are safe with it: what is kept of
  /// them goes. How many items. A sequence is the one under which central received an item, as its receipt says.
  [[nodiscard]] base::Result<std::size_t> settle(std::uint64_t last_sequence, std::uint64_t first_sequence = 1);
  /// Of all receipts of the present receipt key for this identity the one of what central received last; nothing if
  /// there is none.
  [[nodiscard]] base::Result<std::optional<envelope::Receipt>> latest_receipt();
  /// A delivered item is ready again with the receipt it has: central has lost it. `not_found`; `conflict` if it is not
  /// delivered; `unavailable` if nothing is kept of it.
  [[nodiscard]] base::Result<void> give_again(const base::Uuid& id);
  /// Central has seen this identity's sequences up to that one: ours go on after it. True if that is more than was ever
  /// given here: this disk is an older copy of itself, or another machine works under this identity.
  [[nodiscard]] base::Result<bool> learn_sequence(std::uint64_t seen_by_central);

  // ---- staff ----
  /// A dead or waiting item becomes ready and starts counting attempts anew; it is numbered and signed again if it died
  /// as duplicate_identity. What may be at central after all is asked for first. Ready and leased ones stay as they
  /// are. `not_found`; `conflict` if it is delivered; `corrupt` if it cannot be read. A running courier is woken.
  [[nodiscard]] base::Result<void> retry(const base::Uuid& id);
  /// retry() for every dead and waiting item; how many are ready for it. What cannot be read stays dead.
  [[nodiscard]] base::Result<std::size_t> retry_all();
  /// Writes all undelivered envelopes and their blobs, sealed, into one new file (envelope/export_file.h), durably.
  /// They stay here until their receipts come. `already_exists` if the file is there.
  [[nodiscard]] base::Result<Exported> export_to(const std::filesystem::path& file, base::SystemTime now);
  /// In order of acceptance, oldest first.
  [[nodiscard]] base::Result<std::vector<Entry>> list(Which which, std::size_t limit = 200, std::size_t offset = 0);
  [[nodiscard]] base::Result<Details> show(const base::Uuid& id);
  [[nodiscard]] base::Result<Counts> counts();
  /// The ids of kiosks, mostly one, under which something lies here that is not delivered or is kept.
  [[nodiscard]] base::Result<std::vector<std::string>> held_for();

  // ---- housekeeping ----
  /// Drops lines of items delivered more than kLedgerAge ago; how many. Called daily: a day counts once, however far
  /// the clock has jumped.
  [[nodiscard]] base::Result<std::size_t> forget_old(base::SystemTime now);
  /// Removes blobs no item uses: pages of visits a crash ended. Only while no visit is under way.
  [[nodiscard]] base::Result<std::size_t> sweep_blobs();

 private:
  struct Store;
  explicit Outbox(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace bangwu::outbox
