#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "store/numbers.h"
#include "store/postgres_connection.h"
#include "store/sql.h"

namespace bangwu::store {

/// Sql over one PostgreSQL connection: what gives no rows is queued, and sent with the next query or the commit.
class PostgresSql final : public Sql {
 public:
  explicit PostgresSql(PostgresConnection& connection) : connection_(connection) {}
  base::Result<void> run(const char* sql, Values values) override;
  base::Result<void> query(const char* sql, Values values, const Visit& visit) override;

  /// The first error the database told, if any: from then on its transaction is lost.
  [[nodiscard]] const base::Result<void>& told() const { return told_; }
  [[nodiscard]] const PostgresFailure& failure() const { return failure_; }

 private:
  PostgresConnection& connection_;
  base::Result<void> told_;
  PostgresFailure failure_;
};

/// Numbers this process has taken for itself, a block of each counter at a time, in a transaction of its own. Shared by
/// the store's writers. Thread-safe.
class NumberBlocks {
 public:
  explicit NumberBlocks(std::string database) : database_(std::move(database)) {}
  /// The next of the process's own that is above `floor`.
  [[nodiscard]] base::Result<std::uint64_t> next(std::string_view counter, std::uint64_t floor);
  /// Forgets what was taken: it lies below a floor.
  void drop();

 private:
  struct Block {
    std::uint64_t next = 1, last = 0;
  };
  base::Result<Block> take(std::string_view counter, std::uint64_t floor);
  base::Result<Block> take_once(std::string_view counter, std::uint64_t floor);

  const std::string database_;
  std::mutex mutex_;
  std::unique_ptr<PostgresConnection> connection_;    ///< guarded by mutex_
  std::map<std::string, Block, std::less<>> blocks_;  ///< guarded by mutex_
};

/// Numbers of one transaction.
class PostgresNumbers final : public Numbers {
 public:
  PostgresNumbers(Sql& sql, NumberBlocks& blocks) : sql_(sql), blocks_(blocks) {}
  base::Result<std::uint64_t> next(std::string_view counter) override;
  base::Result<void> raise_floor(std::string_view counter, std::uint64_t at_least) override;
  base::Result<std::vector<CounterRow>> all() override;

 private:
  Sql& sql_;
  NumberBlocks& blocks_;
  std::set<std::string, std::less<>> checked_;                ///< counters whose floor this transaction shares
  std::map<std::string, std::uint64_t, std::less<>> floors_;  ///< raised in this transaction
};

}  // namespace bangwu::store
