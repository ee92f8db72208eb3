#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/enrolment.h"
#include "store/store.h"

namespace bangwu::enrolment {

/// What a code is made for: a new machine, or one that is known and stays who it was.
struct CodeFor {
  std::string name;                  ///< how people call the machine; empty for a known one: as before
  std::optional<std::string> kiosk;  ///< the id of a known one, revoked or not
};

/// A new single-use code, "XXXX-XXXX-XXXX" in Crockford's base 32: 60 random bits, so that nobody guesses one while a
/// service answers as fast as it can. Only its hash is stored. `not_found` if no such kiosk is known.
[[nodiscard]] base::Result<std::string> make_code(store::Store& store, base::Random& random, base::SystemTime now,
                                                  std::chrono::hours lifetime, const CodeFor& code_for);

/// How a machine came to its id.
enum class How {
  anew,      ///< an id of its own
  again,     ///< it was known: the same id, its earlier key replaced, its earlier token ended
  adopted,   ///< this service had forgotten it: the id it names and proves to have had
  repeated,  ///< the answer to an enrolment that was lost, with a new token
};
[[nodiscard]] const char* name_of(How how);

struct Enrolled {
  std::string kiosk;  ///< "k-" and ten characters
  std::string name;   ///< that the code was made for
  std::string token;  ///< 43 characters; stored as a hash only and never shown again
  How how = How::anew;
};

/// Turns a code into a kiosk with a token of its own, in one transaction. A machine that is known keeps its id: the
/// code was made for it, or it signs with a key it had, the one before or the present one. Its other keys are replaced:
/// what they signed is still taken, their tokens end at once. A code made for a revoked kiosk lets it in again; what it
/// signed before stays refused.
///
/// `unauthorised` if the code is unknown, expired, or used by another key; typed lower case, without hyphens or with O
/// for 0 it still counts. `conflict` if the machine is revoked and the code was not made for it. The same request with
/// the same code again is answered as the same enrolment until the code expires.
[[nodiscard]] base::Result<Enrolled> enrol(store::Store& store, base::Random& random, base::SystemTime now,
                                           const envelope::EnrolmentRequest& request);

}  // namespace bangwu::enrolment
