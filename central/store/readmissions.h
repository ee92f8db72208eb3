#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// A machine that this service has forgotten, and that showed a receipt of this service: it asks to be known again.
struct ReadmissionRow {
  std::string token_hash;  ///< SHA-256 of the token it shows
  std::string kiosk;       ///< whose receipt it has
  std::string device_key;  ///< Ed25519 public key it signs with
  base::SystemTime asked_at;
  bool operator==(const ReadmissionRow&) const = default;
};

/// Who waits for a person to let it in again, inside a transaction. Errors: as in transaction.h.
class Readmissions {
 public:
  explicit Readmissions(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> put(const ReadmissionRow& row);  ///< in the place of an earlier one of its token
  [[nodiscard]] base::Result<std::vector<ReadmissionRow>> all();    ///< by kiosk, the latest first
  /// All of that kiosk.
  [[nodiscard]] base::Result<void> remove(std::string_view kiosk);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
