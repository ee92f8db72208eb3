#pragma once
// Private to this room: what connections and statements share of SQLite's own types.
#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sqlite/gate.h"

namespace bangwu::sqlite {

inline constexpr std::chrono::milliseconds kPatience{10'000};  // with another connection

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct Finalize {
  void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};

/// What a connection's statements need of it. Stays where it is: SQLite calls back to it.
struct Handle {
  std::unique_ptr<sqlite3, Close> sqlite;
  std::string name;
  std::optional<Gate> gate;
  int log_length = 0;  // pages in the log after the last commit

  /// The connection's last error, told with what was being done.
  [[nodiscard]] base::Error error(std::string_view doing) const;
  /// Counts the log's pages instead of SQLite's moving them at a moment of its own.
  void count_log();
  /// Called after each statement: leaves the gate once nothing is being written, and moves a long log.
  void settle();
  /// `mode` is SQLite's; alone in the gate, waiting so long for it and for readers.
  [[nodiscard]] base::Result<void> checkpoint(int mode, std::chrono::milliseconds patience);
};

struct Prepared {
  Handle* connection = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement;
  bool is_writing = false;
};

}  // namespace bangwu::sqlite
