#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// What is counted of a rating. The visitor's own words are in its envelope only, sealed.
struct RatingRow {
  std::string envelope, kiosk, instrument, level;
  bool is_bad = false;
  std::optional<std::string> submission;  ///< the envelope of the visit's application
  std::string case_number;                ///< of that application; empty when rated on its own
  base::SystemTime received_at;
  bool operator==(const RatingRow&) const = default;
};

/// Visitors' ratings inside a transaction. Errors: as in transaction.h.
class Ratings {
 public:
  explicit Ratings(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<void> add(const RatingRow& rating);
  [[nodiscard]] base::Result<std::vector<RatingRow>> all();  ///< oldest first
  /// The first `most`, by envelope, behind `last` (empty: from the beginning).
  [[nodiscard]] base::Result<std::vector<RatingRow>> after(std::string_view last, std::size_t most);
  [[nodiscard]] base::Result<bool> has(std::string_view envelope);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
