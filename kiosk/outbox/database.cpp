#include "outbox/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kPatience = 10'000;         // milliseconds
constexpr int kCheckpointPatience = 200;  // emptying the log can wait for the next delivery

constexpr const char* kSettings =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA trusted_schema=OFF;";

ErrorCode code_of(sqlite3* connection, int result) {
  const int system = connection == nullptr ? 0 : sqlite3_system_errno(connection);
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

tl::unexpected<base::Error> failure(sqlite3* connection, std::string_view doing) {
  const int result = connection == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(connection);
  // The message of a failed constraint names columns, never values.
  const std::string message = connection == nullptr ? "no memory" : sqlite3_errmsg(connection);
  return base::fail(code_of(connection, result),
                    "outbox database: " + std::string(doing) + ": " + message + " (" + std::to_string(result) + ")");
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<Database> Database::open(const std::filesystem::path& file) {
  sqlite3* connection = nullptr;
  const int opened = sqlite3_open_v2(
      file.c_str(), &connection,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Database database(connection);
  if (opened != SQLITE_OK) return failure(connection, "open");
  sqlite3_busy_timeout(connection, kPatience);
  if (auto set = database.execute(kSettings); !set) return tl::unexpected(std::move(set).error());
  return database;
}

Statement Database::prepare(const char* sql) {
  auto& kept = statements_[sql];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(connection_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    kept.reset(statement);
  }
  return {connection_.get(), kept.get()};
}

Result<void> Database::execute(const char* sql) {
  if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return failure(connection_.get(), "execute");
}

void Database::empty_log() {
  sqlite3_busy_timeout(connection_.get(), kCheckpointPatience);
  sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(connection_.get(), kPatience);
}

bool Database::is_in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)) {}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Statement::step() {
  const int result = statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return failure(connection_, "step");
}

Result<std::size_t> Statement::run() {
  const auto row = step();
  if (!row) return tl::unexpected(row.error());
  return static_cast<std::size_t>(sqlite3_changes64(connection_));
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
  const auto* characters = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return characters == nullptr ? std::string{} : std::string(characters, size);
}

base::Bytes Statement::bytes(int column) const {
  const auto* first = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return first == nullptr ? base::Bytes{} : base::Bytes(first, first + size);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

void Statement::bind_one(int position, std::int64_t value) { sqlite3_bind_int64(statement_, position, value); }
// Nothing of length zero is not NULL, though its pointer may be.
void Statement::bind_one(int position, std::string_view value) {
  const char* text = value.empty() ? "" : value.data();
  sqlite3_bind_text64(statement_, position, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::bind_one(int position, std::span<const std::uint8_t> value) {
  const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
  sqlite3_bind_blob64(statement_, position, bytes, value.size(), SQLITE_TRANSIENT);
}
void Statement::bind_one(int position, std::nullopt_t) { sqlite3_bind_null(statement_, position); }

Result<Transaction> Transaction::begin(Database& database) {
  auto begun = database.prepare("BEGIN IMMEDIATE").run();
  if (!begun) return tl::unexpected(std::move(begun).error());
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // Some errors have rolled back already. A failed rollback leaves the connection to SQLite, which rolls back on close.
  if (database_ != nullptr && database_->is_in_transaction()) (void)database_->prepare("ROLLBACK").run();
}

Result<void> Transaction::commit() {
  auto committed = database_->prepare("COMMIT").run();
  if (!committed) return tl::unexpected(std::move(committed).error());
  database_ = nullptr;
  return {};
}

}  // namespace bangwu::outbox
