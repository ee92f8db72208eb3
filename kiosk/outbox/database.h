#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace bangwu::outbox {

/// One use of a prepared statement: bound, stepped, and reset when it goes. Columns and parameters count from 0.
class Statement {
 public:
  Statement(sqlite3* connection, sqlite3_stmt* statement) : connection_(connection), statement_(statement) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds in order; bytes and text are copied.
  template <class... Values>
  Statement& bind(const Values&... values) {
    int position = 0;
    (bind_one(++position, values), ...);
    return *this;
  }
  /// True: a row is there. False: done.
  [[nodiscard]] base::Result<bool> step();
  /// For statements without rows; how many rows were changed.
  [[nodiscard]] base::Result<std::size_t> run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] base::Bytes bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  void bind_one(int position, std::int64_t value);
  void bind_one(int position, std::string_view value);
  void bind_one(int position, std::span<const std::uint8_t> value);
  void bind_one(int position, std::nullopt_t);
  template <class Value>
  void bind_one(int position, const std::optional<Value>& value) {
    if (value) bind_one(position, *value);
    else bind_one(position, std::nullopt);
  }

  sqlite3* connection_;
  sqlite3_stmt* statement_;  // null: it could not be prepared; step() says why
};

/// The one connection of an outbox, with its statements prepared once.
class Database {
 public:
  /// WAL, synchronous=FULL, secure_delete: what is deleted is overwritten. Waits ten seconds for another connection.
  [[nodiscard]] static base::Result<Database> open(const std::filesystem::path& file);

  /// `sql` is a constant with static lifetime: statements are kept by its address.
  [[nodiscard]] Statement prepare(const char* sql);
  /// Several statements without parameters.
  [[nodiscard]] base::Result<void> execute(const char* sql);
  /// Moves what was written from the log into the database file and empties the log, if no one is reading now.
  void empty_log();
  [[nodiscard]] bool is_in_transaction() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}

  std::unique_ptr<sqlite3, Close> connection_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

/// A write transaction, taken at once; rolled back unless committed. When commit() has returned it is on the disk.
class Transaction {
 public:
  [[nodiscard]] static base::Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] base::Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace bangwu::outbox
