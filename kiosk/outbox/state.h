#pragma once
#include <variant>

#include "base/clock.h"

namespace bangwu::outbox {

/// What is sent first. Within one priority small goes before large, then in the order of acceptance.
enum class Priority { urgent, normal, background };

/// Why an item waits or is dead. Screens map each to words; the numbers are stored, so only append.
enum class Reason {
  network = 1,            ///< no connection, or it broke
  outcome_unknown,        ///< sent, but no answer came: ask by id before sending again
  not_our_central,        ///< an answer without a receipt that proves delivery
  server_busy,            ///< 423, 429, 503
  server_failed,          ///< other 5xx
  server_full,            ///< 507
  dependency_missing,     ///< central does not have what this depends on yet
  attachments_missing,    ///< central asks for attachments again
  unknown_kiosk,          ///< 401: enrol again; nothing is lost meanwhile
  refused,                ///< 403
  different_content,      ///< 409: central has another envelope under this id
  duplicate_identity,     ///< 409: another kiosk used this kiosk's sequence: enrol again, then retry
  malformed,              ///< 400
  too_large,              ///< 413
  cannot_open,            ///< 422
  blob_damaged,           ///< an attachment on this machine no longer verifies
  unreadable,             ///< its row on this machine is damaged, or written by a newer program
  dependency_never_came,  ///< central never had what this depends on, and it cannot go without
  kiosk_revoked,          ///< 403: staff ended this machine's enrolment; a code made for it lets it in again
  sealed_for_another,     ///< under the id this machine had before, and only that one's opens: enrol under it again
};
inline constexpr Reason kLastReason = Reason::sealed_for_another;
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

}  // namespace bangwu::outbox
