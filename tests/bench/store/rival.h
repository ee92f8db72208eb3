#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "support/scratch_directory.h"
#include "support/throwaway_postgres.h"

namespace bangwu::bench {

inline constexpr int kRounds = 3;
inline constexpr std::chrono::seconds kRound{4};

/// pgbench on this server, with one prepared statement that writes what an ingest writes: an envelope, its case, three
/// events. Its tables have no guards against changed events.
class Rival {
 public:
  explicit Rival(const support::ThrowawayPostgres& server);
  /// Transactions a second of so many clients, over one round.
  [[nodiscard]] double rate(int clients) const;

 private:
  void must(const char* sql) const;
  const support::ThrowawayPostgres& server_;
  support::ScratchDirectory folder_;
  const std::string file_ = folder_ / "statement.sql";
};

[[nodiscard]] double median(std::vector<double> values);

}  // namespace bangwu::bench
