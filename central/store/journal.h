#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// What a person did to the service itself.
struct JournalRow {
  std::uint64_t sequence = 0;  ///< from 1, without gaps
  base::SystemTime at;
  std::string actor;  ///< who, as the operating system knows them
  std::string act;    ///< what, and why they said they did; never an applicant's data
  bool operator==(const JournalRow&) const = default;
};

/// The operators' acts, inside a transaction. They are only ever added: the database itself refuses to change or delete
/// one. Errors: as in transaction.h.
class Journal {
 public:
  explicit Journal(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> add(base::SystemTime at, std::string_view actor, std::string_view act);
  [[nodiscard]] base::Result<std::vector<JournalRow>> all();  ///< oldest first

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
