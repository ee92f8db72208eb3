#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "envelope/envelope.h"
#include "envelope/receipt.h"

namespace bangwu::outbox {

/// What is sent first. Within one priority small goes before large, then in the order of acceptance.
enum class Priority { urgent, normal, background };

/// Why an item waits or is dead. Screens map each to words; the numbers are stored, so only append.
enum class Reason {
  network = 1,          ///< no connection, or it broke
  outcome_unknown,      ///< sent, but no answer came: ask by id before sending again
  not_our_central,      ///< an answer without a receipt that proves delivery
  server_busy,          ///< 423, 429, 503
  server_failed,        ///< other 5xx
  server_full,          ///< 507
  dependency_missing,   ///< central does not have what this depends on yet
  attachments_missing,  ///< central asks for attachments again
  unknown_kiosk,        ///< 401: enrol again, then retry
  refused,              ///< 403
  different_content,    ///< 409: central has another envelope under this id
  duplicate_identity,   ///< 409: another kiosk used this kiosk's sequence: enrol again, then retry
  malformed,            ///< 400
  too_large,            ///< 413
  cannot_open,          ///< 422
  blob_damaged,         ///< an attachment on this machine no longer verifies
};
[[nodiscard]] const char* name_of(Reason reason);      ///< "network"
[[nodiscard]] const char* name_of(Priority priority);  ///< "normal"

struct Ready {
  bool operator==(const Ready&) const = default;
};
struct Leased {
  base::SystemTime until;
  bool operator==(const Leased&) const = default;
};
struct Waiting {
  base::SystemTime until;
  Reason reason = Reason::network;
  bool operator==(const Waiting&) const = default;
};
struct Dead {
  Reason reason = Reason::refused;
  bool operator==(const Dead&) const = default;
};
struct Delivered {
  base::SystemTime at;
  bool operator==(const Delivered&) const = default;
};
using State = std::variant<Ready, Leased, Waiting, Dead, Delivered>;
[[nodiscard]] const char* name_of(const State& state);  ///< "ready"

/// A finished visit's envelope before the outbox has numbered and signed it. Its attachments are in the blob store
/// already. Frozen: the same id with other content is refused.
struct Draft {
  base::Uuid id;
  envelope::Kind kind = envelope::Kind::submission;
  base::SystemTime created_at;
  std::optional<base::Uuid> depends_on;
  base::Bytes sealed_key;  ///< ContentKey::seal_to the central service
  base::Bytes body;        ///< ContentKey::encrypt of the body's JSON
  std::vector<envelope::Attachment> attachments;
  Priority priority = Priority::normal;
};

/// The proof of acceptance: what is said after it ("已保存") is true whatever happens next.
struct Acceptance {
  base::Uuid id;
  std::uint64_t sequence = 0;
  bool operator==(const Acceptance&) const = default;
};

/// The right to attempt one item until the lease ends; stale when the item was leased again.
struct Lease {
  base::Uuid id;
  std::int64_t token = 0;
  bool operator==(const Lease&) const = default;
};

/// How far an attachment got; the same URL is used after any break.
struct Upload {
  envelope::Attachment attachment;
  std::string url;  ///< empty: not created yet
  bool is_complete = false;
  bool operator==(const Upload&) const = default;
};

/// One item to attempt: uploads that are not complete first, in order, then the envelope.
struct Parcel {
  Lease lease;
  envelope::Envelope envelope;
  std::string manifest_hash;
  std::vector<Upload> uploads;
  int attempts = 1;                    ///< including this one; counts from 1 again after a retry by staff
  std::optional<Reason> last_failure;  ///< outcome_unknown: ask by id first
};

/// A line of the queue as staff may see it: nothing of the applicant's.
struct Entry {
  base::Uuid id;
  envelope::Kind kind = envelope::Kind::submission;
  Priority priority = Priority::normal;
  State state;
  std::string kiosk;
  std::uint64_t sequence = 0;
  base::SystemTime created_at, accepted_at;
  std::uint64_t size = 0;  ///< bytes to send: body and attachments
  int attempts = 0;
  std::optional<base::Uuid> waits_for;  ///< undelivered, and must be delivered before this
  bool operator==(const Entry&) const = default;
};

struct Details {
  Entry entry;
  std::vector<Upload> uploads;              ///< empty once delivered
  std::optional<envelope::Receipt> receipt;  ///< once delivered
};

struct Counts {
  std::size_t ready = 0, leased = 0, waiting = 0, dead = 0, delivered = 0;
  std::uint64_t undelivered_bytes = 0;
  std::optional<base::SystemTime> oldest_undelivered;  ///< when it was accepted
  bool operator==(const Counts&) const = default;
};

}  // namespace bangwu::outbox
