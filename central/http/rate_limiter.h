#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace bangwu::http {

/// How often each of many keys may do something: so many a minute, and as many at once. Memory is fixed, whatever the
/// number of keys, and nothing is ever cleared: keys share cells (a count-min sketch of two rows), and a cell empties
/// within a minute, at the same pace whoever uses it: who may ask often takes nothing from the count of who may not.
/// Two keys that share both cells, one in millions by chance, share their allowance; nobody can aim at another's cells,
/// they are drawn with a secret of this process. Thread-safe; never waits.
class RateLimiter {
 public:
  RateLimiter(const base::Clock& clock, std::uint64_t secret);
  /// Counts one and says whether it is within the allowance; what is not is not counted.
  [[nodiscard]] bool allow(std::string_view key, unsigned most_a_minute);

 private:
  static constexpr std::size_t kCells = 1U << 15;
  struct Cell {
    double level = 0;  ///< of the allowance, from 0 to 1
    base::SteadyTime at{};
  };
  const base::Clock& clock_;
  const std::uint64_t secret_;
  std::mutex mutex_;
  std::array<std::vector<Cell>, 2> rows_;  ///< guarded by mutex_
};

}  // namespace bangwu::http
