#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "blobs/blob_store.h"
#include "cases/hand_in.h"
#include "domain/catalogue.h"
#include "domain/working_days.h"
#include "enrolment/gate.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "ingest/clock_guard.h"
#include "store/store.h"

namespace bangwu::ingest {

/// What became of an envelope. Each but the first two leaves nothing behind.
enum class Verdict {
  stored,    ///< it is on the disk, with its case or rating and its receipt
  repeated,  ///< it was there: the same receipt, byte for byte
  malformed,
  identity_mismatch,  ///< not the id it was sent under, or not the sender's own
  bad_signature,
  unknown_kiosk,        ///< by hand: this service knows no such kiosk
  kiosk_revoked,        ///< staff ended the sender's enrolment, perhaps a moment ago; the detail is their reason
  different_content,    ///< this id is known with another manifest
  duplicate_identity,   ///< this kiosk's sequence number is known with another id: two machines under one identity
  dependency_missing,   ///< what it depends on has not come yet
  attachments_missing,  ///< `missing` lists what has to be uploaded
  cannot_open,          ///< the sealed key or the body does not open, or the body is not what the kind says
  unsupported_kind,     ///< this version keeps no such thing; the kiosk should keep it until central knows it
  clock_wrong,          ///< the service's own clock cannot be true: nothing is numbered until staff set it
  disk_full,
  busy,
  store_failed,
};
struct Answer {
  Verdict verdict = Verdict::store_failed;
  std::string receipt;               ///< JSON; with stored and repeated
  std::vector<std::string> missing;  ///< SHA-256 of blobs
  std::string detail;                ///< for the answer and the log; never an applicant's data
};

/// How an envelope came: sent by its kiosk, or in a file that a person carried here.
enum class Way { network, by_hand };
struct Acknowledged;

/// Takes envelopes in: checked, opened, answered and stored in one transaction. The one path for the network and for
/// files carried by hand. Thread-safe; blocks for the disk.
class Ingest {
 public:
  /// References are borrowed for the object's life.
  struct Parts {
    store::Store& store;
    const blobs::BlobStore& blobs;
    const envelope::UnsealingKey& unsealing_key;
    const envelope::SigningKey& receipt_key;
    const envelope::SearchKey& search_key;
    const domain::Catalogue& catalogue;
    const domain::Calendar& calendar;
    const base::Clock& clock;
    std::uint64_t keep_free_bytes = 0;
    cases::HandInRule hand_in;
    ClockGuard clock_guard;
    /// Told of each envelope that is on the disk now, by several threads.
    std::function<void(const envelope::Envelope&, base::SystemTime received_at)> when_stored{};
  };
  explicit Ingest(const Parts& parts) : parts_(parts) {}

  /// `sent_as` is the id the sender named beside the envelope, if any. `receipt` is what this service answered to it
  /// before it was restored from an older backup, as the kiosk kept it: the envelope is taken again as it was then,
  /// under the same case number, and the answer is that receipt, byte for byte.
  [[nodiscard]] Answer receive(std::string_view json, const std::optional<base::Uuid>& sent_as,
                               const enrolment::Kiosk& sender, std::string_view receipt = {}) const;
  /// Of a file that was carried by hand. Who signed is judged as of the time it was made: any key the kiosk had counts,
  /// and what was made before it was revoked is taken too.
  [[nodiscard]] Answer receive_by_hand(const envelope::Envelope& envelope) const;
  /// What is wrong with the service's own clock, and what to do; nothing while it is believed. Errors: the database's.
  [[nodiscard]] base::Result<std::optional<std::string>> clock_fault() const { return clock_fault(parts_.clock.now()); }
  /// The receipt of an envelope of this kiosk, or nothing.
  [[nodiscard]] base::Result<std::optional<std::string>> find_receipt(const base::Uuid& id,
                                                                      const enrolment::Kiosk& sender) const;

 private:
  [[nodiscard]] Answer take(const envelope::Envelope& envelope, const std::optional<Acknowledged>& acknowledged,
                            Way way) const;
  [[nodiscard]] base::Result<std::optional<std::string>> clock_fault(base::SystemTime now) const;
  void note_stored(base::SystemTime at) const;

  Parts parts_;
  mutable std::atomic<std::int64_t> latest_{INT64_MIN};  ///< when the last envelope was stored; at first not asked
  mutable std::atomic<std::int64_t> asked_at_{0};        ///< when the store was last asked for it; steady
};

[[nodiscard]] const char* name_of(Verdict verdict);  ///< "different-content", as on the wire

}  // namespace bangwu::ingest
