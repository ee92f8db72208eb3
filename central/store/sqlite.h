#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace bangwu::store {

class Connection;

/// A prepared statement in use: bind in order with <<, step, read columns by position. Reset at the end of its life;
/// the connection keeps it prepared.
class Statement {
 public:
  explicit Statement(base::Error error) : error_(std::move(error)) {}
  Statement(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& operator<<(std::string_view text);
  Statement& operator<<(const std::string& text) { return *this << std::string_view(text); }
  Statement& operator<<(std::int64_t number);
  Statement& operator<<(base::SystemTime time) { return *this << time.time_since_epoch().count(); }
  Statement& operator<<(const std::optional<std::string>& text);

  /// True when there is a row to read.
  [[nodiscard]] base::Result<bool> step();
  /// For statements that give no rows.
  [[nodiscard]] base::Result<void> run();

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] base::SystemTime time(int column) const;

 private:
  std::optional<base::Error> error_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

/// One connection, used by one thread at a time.
class Connection {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, bool create);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// `sql` must be a literal: statements are kept prepared by its address.
  [[nodiscard]] Statement prepare(const char* sql);
  /// Runs a script of statements.
  [[nodiscard]] base::Result<void> execute(const char* sql);
  /// False once SQLite itself has rolled a transaction back, as it does on a full disk.
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] std::int64_t changes() const;

 private:
  struct Cache;
  explicit Connection(sqlite3* database);
  sqlite3* database_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace bangwu::store
