#include "sqlite/connection.h"

#include <unordered_map>

#include "sqlite/handle.h"

namespace bangwu::sqlite {
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::chrono::milliseconds kCheckpointPatience{200};  // it can wait for the next time

constexpr const char* kCommonSettings =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;";

}  // namespace

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
  auto gate = Gate::open(file);
  if (!gate) return tl::unexpected(std::move(gate).error());
  handle.gate.emplace(std::move(*gate));
  handle.count_log();
  sqlite3_busy_timeout(opened, static_cast<int>(kPatience.count()));
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
    kept.is_writing = sqlite3_stmt_readonly(statement) == 0;
  }
  return Statement(&kept);
}

Result<void> Connection::execute(const char* sql) {
  Handle& handle = state_->handle;
  if (auto entered = handle.gate->enter(kPatience); !entered) return entered;
  const int result = sqlite3_exec(handle.sqlite.get(), sql, nullptr, nullptr, nullptr);
  auto done = result == SQLITE_OK ? Result<void>{} : tl::unexpected(handle.error("execute"));
  handle.settle();
  return done;
}

Result<void> Connection::write_back() {
  return state_->handle.checkpoint(SQLITE_CHECKPOINT_PASSIVE, kCheckpointPatience);
}

Result<void> Connection::empty_log() {
  return state_->handle.checkpoint(SQLITE_CHECKPOINT_TRUNCATE, kCheckpointPatience);
}

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(state_->handle.sqlite.get()) == 0; }

}  // namespace bangwu::sqlite
