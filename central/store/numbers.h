#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::store {

/// How far a counter has come at most.
struct CounterRow {
  std::string name;
  std::uint64_t last = 0;
};

/// Counters inside a transaction. Errors: as in transaction.h.
class Numbers {
 public:
  virtual ~Numbers() = default;

  /// A number of this counter, from 1, that was never given before and never will be again, by no process. Numbers may
  /// be left out (a transaction that fails, a process that ends) and come out of order between processes.
  [[nodiscard]] virtual base::Result<std::uint64_t> next(std::string_view counter) = 0;
  /// No transaction that begins after the commit gets one up to `at_least`; a counter that is further on stays there.
  [[nodiscard]] virtual base::Result<void> raise_floor(std::string_view counter, std::uint64_t at_least) = 0;
  [[nodiscard]] virtual base::Result<std::vector<CounterRow>> all() = 0;
};

}  // namespace bangwu::store
