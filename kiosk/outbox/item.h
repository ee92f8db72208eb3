#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "envelope/envelope.h"
#include "envelope/receipt.h"
#include "outbox/state.h"

namespace bangwu::outbox {

/// A finished visit's envelope before the outbox has numbered and signed it. Its attachments are in the blob store
/// already. Frozen: the same id with other content is refused.
struct Draft {
  base::Uuid id;
  envelope::Kind kind = envelope::Kind::submission;
  base::SystemTime created_at;
  std::optional<base::Uuid> depends_on;
  base::Bytes sealed_key;  ///< ContentKey::seal_to the central service for this id from this kiosk
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

/// The right to attempt one item until the lease ends; stale when the item was leased again. `number` is the queue's
/// own: an id can be damaged.
struct Lease {
  base::Uuid id;
  std::int64_t number = 0;
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
  /// It was delivered before and is given again, for central has lost it: its receipt, to be sent along.
  std::optional<envelope::Receipt> receipt;
};

/// A line of the queue as staff may see it: nothing of the applicant's.
struct Entry {
  std::int64_t number = 0;  ///< the queue's own, in order of acceptance
  base::Uuid id;
  std::optional<envelope::Kind> kind;  ///< nothing: the row cannot be read, and it is dead for that
  Priority priority = Priority::normal;
  State state;
  std::string kiosk;
  std::uint64_t sequence = 0;
  base::SystemTime created_at, accepted_at;
  std::uint64_t size = 0;  ///< bytes to send: body and attachments
  int attempts = 0;
  std::optional<base::Uuid> depends_on;
  bool is_blocked = false;  ///< what it depends on is here and on its way: it is passed over until then
  bool is_kept = false;     ///< delivered, and its sealed payload is still here
  bool operator==(const Entry&) const = default;
};

struct Details {
  Entry entry;
  std::string provisional_number;            ///< as the visitor was told
  std::vector<Upload> uploads;               ///< empty once nothing of it is here any more
  std::optional<envelope::Receipt> receipt;  ///< once delivered
};

struct Counts {
  std::size_t ready = 0, leased = 0, waiting = 0, dead = 0, delivered = 0;
  std::uint64_t undelivered_bytes = 0;
  std::uint64_t kept_bytes = 0;                        ///< of what is delivered and not yet settled
  std::optional<base::SystemTime> oldest_undelivered;  ///< when it was accepted
  bool operator==(const Counts&) const = default;
};

}  // namespace bangwu::outbox
