#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "store/store.h"

namespace bangwu::enrolment {

/// A kiosk as its requests are judged: with its present key, and with earlier ones that were replaced. Keys that were
/// revoked are not among them.
struct Kiosk {
  std::string id;
  envelope::VerifyKey device_key{};
  std::vector<envelope::VerifyKey> earlier_keys{};
  /// By its present key, or by an earlier one before the kiosk enrolled again.
  [[nodiscard]] bool has_signed(const envelope::Envelope& envelope) const;
  bool operator==(const Kiosk&) const = default;
};

/// Why a request is not let in.
enum class Refusal {
  unknown_token,   ///< nobody has it: the machine was never enrolled here, or this service has forgotten it
  replaced_token,  ///< the kiosk enrolled again since: an older copy of its disk is at work
  revoked,         ///< the detail is the reason staff gave
  store_failed,
};
struct NotAdmitted {
  Refusal why = Refusal::store_failed;
  base::Error error;
};

/// The kiosk as it stands in the store now; for what comes by other ways than the network. `not_found` if it is
/// unknown, `unauthorised` if it is revoked; the detail is the reason.
[[nodiscard]] base::Result<Kiosk> find_kiosk(store::Transaction& transaction, std::string_view id);

/// The kiosk with all keys that could sign at that time: one that was revoked later too, whether the kiosk still is or
/// not. For what a person carries here. `not_found` if it is unknown.
[[nodiscard]] base::Result<Kiosk> find_signer(store::Transaction& transaction, std::string_view id,
                                              base::SystemTime made_at);

/// Tells whose token a request carries. An answer is remembered for a second, so that a stream of requests does not ask
/// the database each time; what is to be stored asks find_kiosk() in its own transaction. Thread-safe.
class Gate {
 public:
  Gate(store::Store& store, const base::Clock& clock) : store_(store), clock_(clock) {}
  [[nodiscard]] tl::expected<Kiosk, NotAdmitted> admit(std::string_view token);

 private:
  struct Known {
    Kiosk kiosk;
    base::SteadyTime until;
  };
  store::Store& store_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  ///< by token hash; guarded by mutex_
};

}  // namespace bangwu::enrolment
