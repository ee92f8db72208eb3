#include "sqlite/statement.h"

#include <utility>

#include "sqlite/handle.h"

namespace bangwu::sqlite {
using base::Result;

namespace {

// What could not be prepared takes no values and has no columns.
sqlite3_stmt* raw(Prepared* prepared) { return prepared == nullptr ? nullptr : prepared->statement.get(); }

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : error_(std::move(other.error_)), prepared_(std::exchange(other.prepared_, nullptr)) {}

Statement::~Statement() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(raw(prepared_));
  sqlite3_clear_bindings(raw(prepared_));
  prepared_->connection->settle();
}

Result<bool> Statement::step() {
  if (error_) return tl::unexpected(*error_);
  Handle& connection = *prepared_->connection;
  if (prepared_->is_writing) {
    if (auto entered = connection.gate->enter(kPatience); !entered) return tl::unexpected(std::move(entered).error());
  }
  const int result = sqlite3_step(raw(prepared_));
  auto error = result == SQLITE_ROW || result == SQLITE_DONE ? std::nullopt : std::optional(connection.error("step"));
  if (result != SQLITE_ROW) sqlite3_reset(raw(prepared_));
  connection.settle();
  if (error) return tl::unexpected(std::move(*error));
  return result == SQLITE_ROW;
}

Result<std::size_t> Statement::run() {
  const auto row = step();
  if (!row) return tl::unexpected(row.error());
  return static_cast<std::size_t>(sqlite3_changes64(prepared_->connection->sqlite.get()));
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(raw(prepared_), column); }

std::string Statement::text(int column) const {
  const auto* characters = reinterpret_cast<const char*>(sqlite3_column_text(raw(prepared_), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw(prepared_), column));
  return characters == nullptr ? std::string{} : std::string(characters, size);
}

std::optional<std::string> Statement::optional_text(int column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}

base::Bytes Statement::bytes(int column) const {
  const auto* first = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw(prepared_), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw(prepared_), column));
  return first == nullptr ? base::Bytes{} : base::Bytes(first, first + size);
}

base::SystemTime Statement::time(int column) const {
  return base::SystemTime(std::chrono::milliseconds(integer(column)));
}

bool Statement::is_null(int column) const { return sqlite3_column_type(raw(prepared_), column) == SQLITE_NULL; }

void Statement::bind_one(int position, std::int64_t value) {
  if (prepared_ != nullptr) sqlite3_bind_int64(raw(prepared_), position, value);
}
// Nothing of length zero is not NULL, though its pointer may be.
void Statement::bind_one(int position, std::string_view value) {
  const char* text = value.empty() ? "" : value.data();
  if (prepared_ == nullptr) return;
  sqlite3_bind_text64(raw(prepared_), position, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::bind_one(int position, std::span<const std::uint8_t> value) {
  const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
  if (prepared_ == nullptr) return;
  sqlite3_bind_blob64(raw(prepared_), position, bytes, value.size(), SQLITE_TRANSIENT);
}
void Statement::bind_one(int position, std::nullopt_t) {
  if (prepared_ != nullptr) sqlite3_bind_null(raw(prepared_), position);
}

}  // namespace bangwu::sqlite
