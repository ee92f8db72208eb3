#pragma once
#include "sqlite/connection.h"
#include "store/numbers.h"
#include "store/sql.h"

namespace bangwu::store {

/// Sql over one SQLite connection.
class SqliteSql final : public Sql {
 public:
  explicit SqliteSql(sqlite::Connection& connection) : connection_(connection) {}
  base::Result<void> run(const char* sql, Values values) override;
  base::Result<void> query(const char* sql, Values values, const Visit& visit) override;

 private:
  sqlite::Connection& connection_;
};

/// One row a counter: SQLite lets one transaction write at a time, so nobody waits for the row alone.
class SqliteNumbers final : public Numbers {
 public:
  explicit SqliteNumbers(Sql& sql) : sql_(sql) {}
  base::Result<std::uint64_t> next(std::string_view counter) override;
  base::Result<void> raise_floor(std::string_view counter, std::uint64_t at_least) override;
  base::Result<std::vector<CounterRow>> all() override;

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
