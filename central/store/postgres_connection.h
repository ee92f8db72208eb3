#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "store/sql.h"

namespace bangwu::store {

/// What the database said of the last failure.
struct PostgresFailure {
  std::string state;       ///< SQLSTATE; empty when the connection was lost
  std::string constraint;  ///< that was broken, if any
};

/// One connection to PostgreSQL, in pipeline mode: statements are queued, and settle() sends them together and waits
/// for all answers. Used by one thread at a time. When the server says nothing for kPatience the connection counts as
/// lost.
class PostgresConnection {
 public:
  static constexpr std::chrono::seconds kPatience{60};

  /// `database` is a connection string or URI of libpq. What is committed over it is on the server's disk.
  /// `unavailable` if it cannot be reached; errors never show the string.
  [[nodiscard]] static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& database);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  /// `sql` must be a literal: it is prepared once and kept by its address. Nothing is sent for sure before settle().
  void queue(const char* sql, Values values);
  /// The first error of what was queued: those behind it did not run. `visit` gets the rows of the last.
  [[nodiscard]] base::Result<void> settle(const Sql::Visit& visit = {});
  /// For a connection that lay idle: false if it was lost meanwhile. Asks nobody: the server's end of it tells.
  [[nodiscard]] bool is_alive();
  /// Several statements without parameters, one after the other; nothing may be queued.
  [[nodiscard]] base::Result<void> script(const char* sql);

  [[nodiscard]] const PostgresFailure& failure() const;
  [[nodiscard]] bool is_lost() const;

 private:
  struct State;
  explicit PostgresConnection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::store
