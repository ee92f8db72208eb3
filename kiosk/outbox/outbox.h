#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blobs/blob_store.h"
#include "envelope/keys.h"
#include "outbox/item.h"

namespace bangwu::outbox {

/// A waiting time or lease that ends further ahead than this was written under another clock and counts as over.
inline constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours{6};
inline constexpr std::chrono::milliseconds kLongestLease = std::chrono::hours{1};
/// How long the line of a delivered item is kept.
inline constexpr std::chrono::days kLedgerAge{180};

/// Who signs, and whose receipts count; from enrolment. `device` is borrowed and outlives the outbox.
struct Identity {
  std::string kiosk;
  const envelope::SigningKey* device = nullptr;
  envelope::VerifyKey receipt_key{};
};

/// What was exported; `damaged` envelopes have an attachment that no longer verifies and were left out.
struct Exported {
  std::size_t envelopes = 0, blobs = 0, damaged = 0;
  bool operator==(const Exported&) const = default;
};

enum class Which { undelivered, all };

/// The durable queue between a finished visit and the central service: one SQLite file (WAL, synchronous=FULL) beside
/// the blobs. An item is ready, leased, waiting, dead or delivered; only a verified receipt removes what it holds.
///
/// Threads: an Outbox is one connection, for one thread at a time. Threads and processes each open their own on the
/// same directory. Times are given by the caller; the wall clock may jump either way.
/// Errors of every function besides those named: disk_full, io_failed, corrupt, busy (another connection held the
/// file for more than ten seconds). A failed function changed nothing.
/// Crashes: after a kill or power cut at any instruction, what a function that returned has promised is still so, and
/// one that had not returned took effect wholly or not at all; open() finishes what a delivery left behind.
/// A small ballast file is kept, and given up when the disk is full, so that deliveries can always make room.
class Outbox {
 public:
  /// Creates the directory and the database, or migrates the schema forward (`unsupported` if it is newer than this
  /// program). Without an identity (not enrolled) accept, deliver and signing again fail with unauthorised.
  [[nodiscard]] static base::Result<Outbox> open(const std::filesystem::path& directory, blobs::BlobStore blobs,
                                                 std::optional<Identity> identity);
  Outbox(Outbox&&) noexcept;
  Outbox& operator=(Outbox&&) noexcept;
  ~Outbox();

  /// Verifies each attachment's bytes, gives the next sequence, signs, stores. Once it has returned the item is on the
  /// disk. The same draft again gives the same acceptance, even after delivery; `conflict` for the same id with other
  /// content; `not_found` or `corrupt` for an attachment; `invalid_input` for what no central would take.
  [[nodiscard]] base::Result<Acceptance> accept(const Draft& draft, base::SystemTime now);
  /// Whether at least `minimum` bytes are left for new visits; otherwise they are refused, what was accepted stays.
  [[nodiscard]] base::Result<bool> has_room(std::uint64_t minimum) const;

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

  /// Stores the receipt, then removes the payload and the blobs no other item uses. Needs no lease: the receipt is the
  /// proof. `unauthorised` if it does not prove delivery of this envelope as this kiosk signed it (now or before it
  /// enrolled again). A repeat is no error.
  [[nodiscard]] base::Result<void> deliver(const base::Uuid& id, const envelope::Receipt& receipt,
                                           base::SystemTime now);

  // ---- staff ----
  /// A dead or waiting item becomes ready and starts counting attempts anew; it is numbered and signed again if it was
  /// signed under an earlier enrolment or died as duplicate_identity. Ready and leased ones stay as they are.
  /// `not_found`; `conflict` if it is delivered.
  [[nodiscard]] base::Result<void> retry(const base::Uuid& id);
  /// retry() for every dead item; how many.
  [[nodiscard]] base::Result<std::size_t> retry_dead();
  /// Writes all undelivered envelopes and their blobs into one new file (envelope/export_file.h), durably. All of it
  /// is sealed. The items stay here until their receipts come. `already_exists` if the file is there.
  [[nodiscard]] base::Result<Exported> export_to(const std::filesystem::path& file, base::SystemTime now);
  /// In order of acceptance, oldest first.
  [[nodiscard]] base::Result<std::vector<Entry>> list(Which which, std::size_t limit = 200, std::size_t offset = 0);
  [[nodiscard]] base::Result<Details> show(const base::Uuid& id);
  [[nodiscard]] base::Result<Counts> counts();

  // ---- housekeeping ----
  /// Drops lines of items delivered more than kLedgerAge ago; how many.
  [[nodiscard]] base::Result<std::size_t> forget_old(base::SystemTime now);
  /// Removes blobs no item uses: pages of visits a crash ended. Only while no visit is under way.
  [[nodiscard]] base::Result<std::size_t> sweep_blobs();

 private:
  struct Store;
  explicit Outbox(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace bangwu::outbox
