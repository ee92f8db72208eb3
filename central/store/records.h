#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

/// Rows as they are kept. Ids, hashes and keys are text: UUIDs in 36 characters, hashes and keys in lower-case hex.

/// A single-use enrolment code; only its hash is kept.
struct CodeRow {
  std::string code_hash, name;
  base::SystemTime made_at, expires_at;
  bool operator==(const CodeRow&) const = default;
};
struct KioskRow {
  std::string id, name;
  std::string device_key;  ///< Ed25519 public key
  std::string token_hash;  ///< SHA-256 of its bearer token
  base::SystemTime enrolled_at;
  bool operator==(const KioskRow&) const = default;
};
/// An envelope as it came (`wire`), what was inside it (`body`), and the one answer it gets for ever (`receipt`).
struct EnvelopeRow {
  std::string id, kiosk;
  std::uint64_t sequence = 0;
  std::string kind, manifest_hash;
  base::SystemTime received_at;
  std::optional<std::string> depends_on;
  std::string wire, body, receipt;
  bool operator==(const EnvelopeRow&) const = default;
};
struct CaseRow {
  std::string number, provisional_number, envelope, kiosk, procedure, state;
  base::SystemTime received_at;
  bool operator==(const CaseRow&) const = default;
};
/// One link of a case's chain: `hash` = SHA-256(previous hash in hex || body), the first with 64 zeros before it.
struct EventRow {
  std::string case_number;
  std::uint64_t sequence = 0;  ///< from 1, without gaps
  std::string body;            ///< canonical JSON
  std::string hash;
  bool operator==(const EventRow&) const = default;
};
struct RatingRow {
  std::string envelope, kiosk, instrument, level;
  bool is_bad = false;
  std::optional<std::string> submission;  ///< the envelope of the visit's application
  std::string case_number;                ///< of that application; empty when rated on its own
  base::SystemTime received_at;
  std::string body;  ///< the rating's JSON
  bool operator==(const RatingRow&) const = default;
};

/// What one transaction may read and write. Valid only inside the function it was given to, on that thread. Errors:
/// already_exists when a unique key is taken, disk_full, busy, corrupt, io_failed.
class Records {
 public:
  virtual ~Records() = default;

  [[nodiscard]] virtual base::Result<void> add_code(const CodeRow& code) = 0;
  /// Uses the code up: its name, or nothing if it is unknown, used or expired.
  [[nodiscard]] virtual base::Result<std::optional<std::string>> use_code(std::string_view code_hash,
                                                                          base::SystemTime now) = 0;
  [[nodiscard]] virtual base::Result<void> add_kiosk(const KioskRow& kiosk) = 0;
  [[nodiscard]] virtual base::Result<std::optional<KioskRow>> kiosk_by_token(std::string_view token_hash) = 0;
  [[nodiscard]] virtual base::Result<std::optional<KioskRow>> kiosk_by_id(std::string_view id) = 0;

  [[nodiscard]] virtual base::Result<void> add_envelope(const EnvelopeRow& envelope) = 0;
  [[nodiscard]] virtual base::Result<std::optional<EnvelopeRow>> envelope(std::string_view id) = 0;
  [[nodiscard]] virtual base::Result<bool> has_envelope(std::string_view id) = 0;
  /// The id of the kiosk's envelope with this sequence.
  [[nodiscard]] virtual base::Result<std::optional<std::string>> envelope_in_sequence(std::string_view kiosk,
                                                                                      std::uint64_t sequence) = 0;
  /// Every envelope by id, one at a time; stops at the first error `visit` returns.
  [[nodiscard]] virtual base::Result<void> each_envelope(
      const std::function<base::Result<void>(const EnvelopeRow&)>& visit) = 0;

  /// The next of a counter that starts at 1; a transaction that fails gives its number back.
  [[nodiscard]] virtual base::Result<std::uint64_t> next_number(std::string_view counter) = 0;
  [[nodiscard]] virtual base::Result<void> add_case(const CaseRow& row) = 0;
  /// By case number or provisional number.
  [[nodiscard]] virtual base::Result<std::optional<CaseRow>> case_by_number(std::string_view number) = 0;
  [[nodiscard]] virtual base::Result<std::optional<CaseRow>> case_of_envelope(std::string_view envelope) = 0;
  [[nodiscard]] virtual base::Result<std::vector<CaseRow>> cases() = 0;  ///< by number
  /// Events are only ever added: the database itself refuses to change or delete one.
  [[nodiscard]] virtual base::Result<void> add_event(const EventRow& event) = 0;
  [[nodiscard]] virtual base::Result<std::vector<EventRow>> events(std::string_view case_number) = 0;

  [[nodiscard]] virtual base::Result<void> add_rating(const RatingRow& rating) = 0;
  [[nodiscard]] virtual base::Result<std::vector<RatingRow>> ratings() = 0;  ///< oldest first
};

}  // namespace bangwu::store
