#include "sqlite/handle.h"

#include <cerrno>

namespace bangwu::sqlite {
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kLongLog = 1000;  // pages, as SQLite's own measure

ErrorCode code_of(sqlite3* handle, int result) {
  const int system = handle == nullptr ? 0 : sqlite3_system_errno(handle);
  switch (result) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return ErrorCode::already_exists;
    case SQLITE_CONSTRAINT_TRIGGER: return ErrorCode::conflict;
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

int remember_length(void* handle, sqlite3* /*connection*/, const char* /*database*/, int pages) {
  static_cast<Handle*>(handle)->log_length = pages;
  return SQLITE_OK;
}

}  // namespace

base::Error Handle::error(std::string_view doing) const {
  const int result = sqlite == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(sqlite.get());
  // The message of a failed constraint names columns, never values.
  const std::string message = sqlite == nullptr ? "no memory" : sqlite3_errmsg(sqlite.get());
  return {code_of(sqlite.get(), result),
          name + ": " + std::string(doing) + ": " + message + " (" + std::to_string(result) + ")"};
}

void Handle::count_log() { sqlite3_wal_hook(sqlite.get(), &remember_length, this); }

void Handle::settle() {
  if (!gate->is_inside() || sqlite3_txn_state(sqlite.get(), nullptr) == SQLITE_TXN_WRITE) return;
  gate->leave();
  if (log_length < kLongLog) return;
  // Someone else inside or reading: it is tried again after the next commit.
  [[maybe_unused]] const auto moved = checkpoint(SQLITE_CHECKPOINT_PASSIVE, std::chrono::milliseconds{0});
}

Result<void> Handle::checkpoint(int mode, std::chrono::milliseconds patience) {
  if (gate->is_inside()) return base::fail(ErrorCode::busy, name + ": this connection is writing");
  if (auto entered = gate->enter_alone(patience); !entered) return entered;
  sqlite3_busy_timeout(sqlite.get(), static_cast<int>(patience.count()));
  int length = 0;
  int moved = 0;
  const int result = sqlite3_wal_checkpoint_v2(sqlite.get(), nullptr, mode, &length, &moved);
  auto done = result == SQLITE_OK ? Result<void>{} : tl::unexpected(error("move the log"));
  sqlite3_busy_timeout(sqlite.get(), static_cast<int>(kPatience.count()));
  gate->leave();
  if (!done) return done;
  if (moved < length) return base::fail(ErrorCode::busy, name + ": another connection reads what the log holds");
  log_length = 0;
  return {};
}

}  // namespace bangwu::sqlite
