#include <sys/stat.h>

#include <mutex>
#include <system_error>
#include <thread>

#include "base/file.h"
#include "sqlite/migrate.h"
#include "store/schema.h"
#include "store/sqlite_sql.h"
#include "store/store.h"
#include "store/work_queue.h"

namespace bangwu::store {
namespace {

constexpr const char* kName = "database";
constexpr std::size_t kMostReaders = 8;

base::Result<void> run_over(sqlite::Connection& connection, const Store::Work& work) {
  SqliteSql sql(connection);
  SqliteNumbers numbers(sql);
  return run_over(sql, numbers, work);
}

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, sqlite::Connection writer)
      : file_(std::move(file)), writer_(std::move(writer)), thread_([this](const std::stop_token& stop) {
          for (auto batch = queue_.take(stop); !batch.empty(); batch = queue_.take(stop)) {
            commit(batch);
            queue_.finish(batch);
          }
        }) {}

  base::Result<void> write(const Work& work) override { return queue_.submit(work); }

  base::Result<void> read(const Work& work) override {
    auto connection = take_reader();
    if (!connection) return tl::unexpected(connection.error());
    base::Result<void> result = connection->execute("BEGIN");
    if (result) {
      result = run_over(*connection, work);
      // Nothing was written, so there is nothing that could fail to be kept.
      [[maybe_unused]] const auto ended = connection->execute("ROLLBACK");
    }
    // One whose end failed would keep its old state and the log for ever.
    if (connection->is_in_transaction()) return result;
    const std::lock_guard lock(readers_mutex_);
    if (readers_.size() < kMostReaders) readers_.push_back(std::move(*connection));
    return result;
  }

  /// Deleted rows are overwritten where they lay (secure_delete); the log goes.
  base::Result<void> clear_traces() override {
    auto connection = sqlite::Connection::open(file_, {.name = kName, .missing = sqlite::Missing::refuse});
    if (!connection) return tl::unexpected(connection.error());
    return connection->empty_log();
  }

 private:
  base::Result<sqlite::Connection> take_reader() {
    {
      const std::lock_guard lock(readers_mutex_);
      if (!readers_.empty()) {
        auto connection = std::move(readers_.back());
        readers_.pop_back();
        return connection;
      }
    }
    return sqlite::Connection::open(
        file_,
        {.name = kName, .missing = sqlite::Missing::refuse, .more = "PRAGMA query_only=ON; PRAGMA cache_size=-16000;"});
  }

  /// One disk flush for all of the batch.
  void commit(const WorkQueue::Batch& batch) {
    if (auto begun = writer_.execute("BEGIN IMMEDIATE"); !begun) {
      for (auto* waiting : batch) waiting->result = begun;
      return;
    }
    for (auto* waiting : batch) {
      waiting->result = run_alone(*waiting->work);
      if (!writer_.is_in_transaction()) return fail_all(batch, waiting->result.error());
    }
    if (auto committed = writer_.execute("COMMIT"); !committed) {
      if (writer_.is_in_transaction()) {
        [[maybe_unused]] const auto rolled_back = writer_.execute("ROLLBACK");
      }
      // What a failed sync left in the log may be found there after a power cut.
      if (committed.error().code == base::ErrorCode::io_failed) committed.error().code = base::ErrorCode::timed_out;
      fail_all(batch, committed.error());
    }
  }

  base::Result<void> run_alone(const Work& work) {
    if (auto marked = writer_.execute("SAVEPOINT work"); !marked) return marked;
    base::Result<void> result = run_over(writer_, work);
    if (result) result = writer_.execute("RELEASE work");
    if (!result && writer_.is_in_transaction()) {
      const auto undone = writer_.execute("ROLLBACK TO work; RELEASE work");
      // Half a work must not be committed with the others': give all of them up.
      if (!undone && writer_.is_in_transaction()) {
        [[maybe_unused]] const auto rolled_back = writer_.execute("ROLLBACK");
      }
    }
    return result;
  }

  static void fail_all(const WorkQueue::Batch& batch, const base::Error& error) {
    for (auto* waiting : batch) {
      if (waiting->result) waiting->result = tl::unexpected(error);
    }
  }

  std::filesystem::path file_;
  sqlite::Connection writer_;  ///< used by thread_ only
  WorkQueue queue_;
  std::mutex readers_mutex_;
  std::vector<sqlite::Connection> readers_;  ///< idle ones; guarded by readers_mutex_
  std::jthread thread_;                      ///< last: joined before the rest goes
};

/// A step may put a new table into an old one's place, which references to it must not notice
/// (sqlite.org/lang_altertable, section 7). What it removed must not stay in the log either; another process that reads
/// may keep it for a while.
base::Result<void> bring_up_to_date(sqlite::Connection& connection) {
  if (auto off = connection.execute("PRAGMA foreign_keys=OFF"); !off) return off;
  if (auto migrated = sqlite::migrate(connection, sqlite_schema_steps()); !migrated) return migrated;
  if (auto on = connection.execute("PRAGMA foreign_keys=ON"); !on) return on;
  auto emptied = connection.empty_log();
  if (!emptied && emptied.error().code != base::ErrorCode::busy) return emptied;
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file, OpenMode mode) {
  std::error_code ignored;
  const bool is_there = std::filesystem::exists(file, ignored);
  if (mode == OpenMode::existing && !is_there) {
    return base::fail(base::ErrorCode::not_found,
                      "there is no database at " + file.string() +
                          ": give the data folder of a central service that was started once");
  }
  auto writer = sqlite::Connection::open(
      file, {.name = kName, .more = "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000;"});
  if (!writer) return tl::unexpected(writer.error());
  if (::chmod(file.c_str(), 0600) != 0) return tl::unexpected(base::error_from_errno(errno, "chmod", file));
  if (const auto migrated = bring_up_to_date(*writer); !migrated) return tl::unexpected(migrated.error());
  if (!is_there) {
    if (const auto synced = base::sync_directory(file.parent_path()); !synced) return tl::unexpected(synced.error());
  }
  return std::make_unique<SqliteStore>(file, std::move(*writer));
}

}  // namespace bangwu::store
