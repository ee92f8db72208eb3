#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/keys.h"
#include "store/store.h"

namespace bangwu::enrolment {

/// A kiosk as its requests are judged.
struct Kiosk {
  std::string id;
  envelope::VerifyKey device_key{};
  bool operator==(const Kiosk&) const = default;
};

/// A new single-use code, "XXXX-XXXX" in Crockford's base 32 (40 random bits). Only its hash is stored.
[[nodiscard]] base::Result<std::string> make_code(store::Store& store, base::Random& random, base::SystemTime now,
                                                  std::chrono::hours lifetime, std::string_view name);

struct Enrolled {
  std::string kiosk;  ///< "k-" and ten characters
  std::string name;   ///< that the code was made for
  std::string token;  ///< 43 characters; stored as a hash only and never shown again
};

/// Turns a code into a kiosk with a token of its own. The code is used up in the same transaction. `unauthorised` if
/// it is unknown, used or expired; typed lower case, without the hyphen or with O for 0 it still counts.
[[nodiscard]] base::Result<Enrolled> enrol(store::Store& store, base::Random& random, base::SystemTime now,
                                           std::string_view code, const envelope::VerifyKey& device_key);

/// Tells whose token a request carries. Known tokens are remembered for ten seconds, so that a stream of requests does
/// not ask the database each time. Thread-safe.
class Gate {
 public:
  Gate(store::Store& store, const base::Clock& clock) : store_(store), clock_(clock) {}
  /// `unauthorised` for a token nobody has.
  [[nodiscard]] base::Result<Kiosk> admit(std::string_view token);

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
