#pragma once
// Private to this room: what connections and statements share of SQLite's own types.
#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bangwu::sqlite {

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct Finalize {
  void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};

/// What a connection's statements need of it.
struct Handle {
  std::unique_ptr<sqlite3, Close> sqlite;
  std::string name;
  /// The connection's last error, told with what was being done.
  [[nodiscard]] base::Error error(std::string_view doing) const;
};

struct Prepared {
  Handle* connection = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement;
};

}  // namespace bangwu::sqlite
