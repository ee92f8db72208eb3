#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// Someone named a case and could not prove it is theirs.
struct WrongProofRow {
  std::string key;      ///< what was asked for: a case number, or a hash of what nobody has
  std::string address;  ///< who asked
  base::SystemTime at;
};
/// How often since a time.
struct WrongProofCount {
  std::uint64_t of_key = 0, of_address = 0, of_both = 0, of_all = 0;
  bool operator==(const WrongProofCount&) const = default;
};

/// Wrong proofs, kept so that a restart forgets none, inside a transaction. Who refuses a try does not add it: the
/// table grows no faster than tries are let through. Errors: as in transaction.h.
class WrongProofs {
 public:
  explicit WrongProofs(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> add(const WrongProofRow& row);
  [[nodiscard]] base::Result<WrongProofCount> count_since(base::SystemTime since, std::string_view key,
                                                          std::string_view address);
  [[nodiscard]] base::Result<void> forget_before(base::SystemTime time);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
