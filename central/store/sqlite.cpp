#include "store/sqlite.h"

#include <sqlite3.h>

#include <unordered_map>

namespace bangwu::store {
namespace {

base::Error error_of(sqlite3* database, int code) {
  using base::ErrorCode;
  ErrorCode kind = ErrorCode::io_failed;
  switch (code & 0xff) {
    case SQLITE_FULL: kind = ErrorCode::disk_full; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: kind = ErrorCode::busy; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: kind = ErrorCode::corrupt; break;
    case SQLITE_CONSTRAINT: kind = ErrorCode::already_exists; break;
    default: break;
  }
  const char* message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  return {kind, std::string("database: ") + message};
}

}  // namespace

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::operator<<(std::string_view text) {
  if (statement_ != nullptr) {
    sqlite3_bind_text64(statement_, next_++, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  return *this;
}

Statement& Statement::operator<<(std::int64_t number) {
  if (statement_ != nullptr) sqlite3_bind_int64(statement_, next_++, number);
  return *this;
}

Statement& Statement::operator<<(const std::optional<std::string>& text) {
  if (text) return *this << std::string_view(*text);
  if (statement_ != nullptr) sqlite3_bind_null(statement_, next_++);
  return *this;
}

base::Result<bool> Statement::step() {
  if (error_) return tl::unexpected(*error_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return tl::unexpected(error_of(database_, code));
}

base::Result<void> Statement::run() {
  const auto stepped = step();
  if (!stepped) return tl::unexpected(stepped.error());
  return {};
}

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

base::SystemTime Statement::time(int column) const {
  return base::SystemTime(std::chrono::milliseconds(number(column)));
}

struct Connection::Cache {
  std::unordered_map<const char*, sqlite3_stmt*> prepared;
};

Connection::Connection(sqlite3* database) : database_(database), cache_(std::make_unique<Cache>()) {}

Connection::~Connection() {
  for (const auto& [sql, statement] : cache_->prepared) sqlite3_finalize(statement);
  sqlite3_close(database_);
}

base::Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, bool create) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(database));
  if (code != SQLITE_OK) {
    base::Error error = error_of(database, code);
    error.detail += " (" + file.string() + ")";
    return tl::unexpected(error);
  }
  // Another process (enrol, import) may hold the write lock for a moment.
  sqlite3_busy_timeout(database, 5000);
  const auto prepared = connection->execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
      "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000;");
  if (!prepared) return tl::unexpected(prepared.error());
  return connection;
}

Statement Connection::prepare(const char* sql) {
  auto& statement = cache_->prepared[sql];
  if (statement == nullptr) {
    const int code = sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
      cache_->prepared.erase(sql);
      return Statement(error_of(database_, code));
    }
  }
  return Statement(database_, statement);
}

base::Result<void> Connection::execute(const char* sql) {
  const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error_of(database_, code));
  return {};
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }

std::int64_t Connection::changes() const { return sqlite3_changes64(database_); }

}  // namespace bangwu::store
