#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "outbox/item.h"

/// When to try again, and when never: no clock, no random, no socket. Everything is given, so that a table tests it.
namespace bangwu::courier {

inline constexpr std::chrono::milliseconds kFirstCeiling{2'000};      ///< before the second attempt
inline constexpr std::chrono::milliseconds kHighestCeiling{900'000};  ///< 15 minutes
inline constexpr std::chrono::seconds kLongestRetryAfter{3'600};      ///< what a server may ask of us at most

/// Exponential backoff with full jitter: uniform in [0, min(15 min, 2 s × 2^(attempts − 1))]. A thousand kiosks that
/// lost the same server come back spread over the whole span. `attempts` counts those already made, from 1; `random` is
/// uniform over its whole type.
[[nodiscard]] std::chrono::milliseconds backoff(int attempts, std::uint64_t random);

/// The Retry-After field (RFC 9110, section 10.2.3): whole seconds, or a date in any of the three forms of section
/// 5.6.7, measured against the answer's own Date where it has one (a kiosk's clock may be wrong) and else against
/// `now`. Never negative, never more than an hour. Nothing if the field is neither.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view field, std::string_view date_field,
                                                                    base::SystemTime now);

/// backoff(), but never earlier than what the server asked for.
[[nodiscard]] std::chrono::milliseconds next_wait(int attempts, std::uint64_t random,
                                                  std::optional<std::chrono::seconds> retry_after);

/// What was asked for when the answer came.
enum class Exchange {
  upload,    ///< POST, HEAD or PATCH of tus 1.0
  envelope,  ///< PUT /v1/envelopes/{id}
  question,  ///< GET /v1/envelopes/{id}
};

/// What to do about it.
enum class Step {
  accepted,  ///< 2xx: worth nothing until a receipt proves it
  absent,    ///< the answer to a question: it is not there, send it
  wait,
  create_anew,     ///< the upload's URL is dead: create another, now
  resume,          ///< offsets disagree: ask for the offset, now
  upload_missing,  ///< upload again what central names, now
  dead,            ///< the same bytes will never be accepted: staff
};

/// `reason` is what to write down if the step gets no further.
struct Verdict {
  Step step = Step::wait;
  outbox::Reason reason = outbox::Reason::network;
  bool operator==(const Verdict&) const = default;
};

/// Judges a whole answer. `problem` is the last part of an RFC 9457 type "urn:bangwu:problem:<name>", empty if the
/// answer is no problem document of ours. A refusal is only final in a problem document, because a proxy or a
/// misconfigured front says 403 and 413 too, and mending that heals it. What is said of the machine and not of the
/// envelope kills no envelope: enrolling again heals it.
[[nodiscard]] Verdict judge(Exchange exchange, int status, std::string_view problem);

/// Whether the envelope may be at the central service although the last attempt failed so: ask before sending again. A
/// front's 502 or 504 may hide a commit behind it, and a portal may have swallowed the answer. A page that is damaged
/// here may have arrived before: handing it in again would double it.
[[nodiscard]] bool may_have_arrived(outbox::Reason last_failure);

/// Whether waiting alone does not heal it: a person has to do something.
[[nodiscard]] bool needs_a_person(outbox::Reason reason);

}  // namespace bangwu::courier
