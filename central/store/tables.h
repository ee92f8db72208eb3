#pragma once
#include "base/result.h"
#include "store/numbers.h"

namespace bangwu::store {

class Sql;

/// Every row of every table, for who copies a whole store from one database to another. Wrong proofs, which count for
/// an hour, are left. Errors: as in transaction.h.
class Tables {
 public:
  Tables(Sql& sql, Numbers& numbers) : sql_(sql), numbers_(numbers) {}

  /// Whether nothing was ever kept here.
  [[nodiscard]] base::Result<bool> are_empty();
  /// Takes all rows and counters of another store; this one is empty. Some rows are in memory at a time.
  [[nodiscard]] base::Result<void> take_all(Tables& from);

 private:
  Sql& sql_;
  Numbers& numbers_;
};

}  // namespace bangwu::store
