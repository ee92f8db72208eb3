#include "sqlite/connection.h"

#include <cerrno>
#include <unordered_map>

#include "sqlite/prepared.h"

namespace bangwu::sqlite {
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kPatience = 10'000;         // milliseconds
constexpr int kCheckpointPatience = 200;  // emptying the log can wait for the next time

constexpr const char* kCommonSettings =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;";

ErrorCode code_of(sqlite3* handle, int result) {
  const int system = handle == nullptr ? 0 : sqlite3_system_errno(handle);
  switch (result) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return ErrorCode::already_exists;
    default: break;
  }
  switch (result & 0xFF) {
    case SQLITE_FULL: return ErrorCode::disk_full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::corrupt;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return system == ENOSPC || system == EDQUOT ? ErrorCode::disk_full : ErrorCode::io_failed;
    case SQLITE_READONLY:
    case SQLITE_PERM: return ErrorCode::io_failed;
    default: return ErrorCode::internal;
  }
}

}  // namespace

base::Error Handle::error(std::string_view doing) const {
  const int result = sqlite == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(sqlite.get());
  // The message of a failed constraint names columns, never values.
  const std::string message = sqlite == nullptr ? "no memory" : sqlite3_errmsg(sqlite.get());
  return {code_of(sqlite.get(), result),
          name + ": " + std::string(doing) + ": " + message + " (" + std::to_string(result) + ")"};
}

struct Connection::State {
  Handle handle;
  std::unordered_map<const char*, Prepared> statements;  // after the handle: finalized before it closes
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(const std::filesystem::path& file, const Settings& settings) {
  sqlite3* opened = nullptr;
  const int create = settings.missing == Missing::create ? SQLITE_OPEN_CREATE : 0;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | create;
  const int result = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  Connection connection(std::make_unique<State>());
  Handle& handle = connection.state_->handle;
  handle.sqlite.reset(opened);
  handle.name = settings.name;
  if (result != SQLITE_OK) return tl::unexpected(handle.error("open " + file.string()));
  sqlite3_busy_timeout(opened, kPatience);
  for (const char* pragmas : {kCommonSettings, settings.more}) {
    if (auto set = connection.execute(pragmas); !set) return tl::unexpected(std::move(set).error());
  }
  return connection;
}

Statement Connection::prepare(const char* sql) {
  Prepared& kept = state_->statements[sql];
  if (kept.statement == nullptr) {
    kept.connection = &state_->handle;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(state_->handle.sqlite.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (statement == nullptr) return Statement(state_->handle.error("prepare"));
    kept.statement.reset(statement);
  }
  return Statement(&kept);
}

Result<void> Connection::execute(const char* sql) {
  if (sqlite3_exec(state_->handle.sqlite.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return tl::unexpected(state_->handle.error("execute"));
}

Result<void> Connection::empty_log() {
  sqlite3* const handle = state_->handle.sqlite.get();
  sqlite3_busy_timeout(handle, kCheckpointPatience);
  const int result = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  auto emptied = result == SQLITE_OK ? Result<void>{} : tl::unexpected(state_->handle.error("empty the log"));
  sqlite3_busy_timeout(handle, kPatience);
  return emptied;
}

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(state_->handle.sqlite.get()) == 0; }

}  // namespace bangwu::sqlite
