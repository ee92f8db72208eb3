#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "store/store.h"

namespace bangwu::enrolment {

/// What a machine shows whose token nobody here has: this service was restored from a backup older than the machine's
/// enrolment, and has forgotten it.
struct Forgotten {
  std::string_view token;
  envelope::Receipt receipt;         ///< of this service's key, to that kiosk
  envelope::VerifyKey device_key{};  ///< what it signs with
};

/// Whether the request now waits for a person. The receipt must be ours and name its kiosk; it proves that its holder
/// was a kiosk of this service once, not that it was not revoked since: that is a person's to know.
[[nodiscard]] base::Result<bool> ask_to_be_known(store::Store& store, const Forgotten& machine,
                                                 const envelope::VerifyKey& receipt_key, base::SystemTime now);

/// A person lets the machine in again that waits under this id: the same id, its present token and key; other keys of
/// the kiosk are replaced. Written in the journal. `not_found` if none waits, `conflict` if several do or the kiosk is
/// revoked.
[[nodiscard]] base::Result<void> readmit(store::Store& store, const std::string& kiosk, base::SystemTime now,
                                         std::string_view actor);

}  // namespace bangwu::enrolment
