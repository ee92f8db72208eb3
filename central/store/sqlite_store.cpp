#include <sys/stat.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/file.h"
#include "sqlite/migrate.h"
#include "store/schema.h"
#include "store/sqlite_records.h"
#include "store/store.h"

namespace bangwu::store {
namespace {

constexpr const char* kName = "database";
constexpr std::size_t kMostReaders = 8;
constexpr std::size_t kMostInOneCommit = 64;

/// A work that waits for its commit. Lives on the waiting caller's stack.
struct Waiting {
  const Store::Work* work;
  base::Result<void> result;
  bool done = false;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, sqlite::Connection writer)
      : file_(std::move(file)),
        writer_(std::move(writer)),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  base::Result<void> write(const Work& work) override {
    Waiting waiting{&work, {}};
    std::unique_lock lock(mutex_);
    queue_.push_back(&waiting);
    arrived_.notify_one();
    committed_.wait(lock, [&] { return waiting.done; });
    return waiting.result;
  }

  base::Result<void> read(const Work& work) override {
    auto connection = take_reader();
    if (!connection) return tl::unexpected(connection.error());
    base::Result<void> result = connection->execute("BEGIN");
    if (result) {
      SqliteRecords records(*connection);
      result = work(records);
      // Nothing was written, so there is nothing that could fail to be kept.
      [[maybe_unused]] const auto ended = connection->execute("ROLLBACK");
    }
    const std::lock_guard lock(readers_mutex_);
    if (readers_.size() < kMostReaders) readers_.push_back(std::move(*connection));
    return result;
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

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (arrived_.wait(lock, stop, [&] { return !queue_.empty(); })) {
      const std::size_t count = std::min(queue_.size(), kMostInOneCommit);
      std::vector<Waiting*> batch(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
      lock.unlock();
      commit(batch);
      lock.lock();
      for (Waiting* waiting : batch) waiting->done = true;
      committed_.notify_all();
    }
  }

  /// One disk flush for all of the batch.
  void commit(const std::vector<Waiting*>& batch) {
    if (auto begun = writer_.execute("BEGIN IMMEDIATE"); !begun) {
      for (Waiting* waiting : batch) waiting->result = begun;
      return;
    }
    for (Waiting* waiting : batch) {
      waiting->result = run_alone(*waiting->work);
      if (!writer_.is_in_transaction()) return fail_all(batch, waiting->result.error());
    }
    if (auto committed = writer_.execute("COMMIT"); !committed) {
      if (writer_.is_in_transaction()) {
        [[maybe_unused]] const auto rolled_back = writer_.execute("ROLLBACK");
      }
      fail_all(batch, committed.error());
    }
  }

  base::Result<void> run_alone(const Work& work) {
    if (auto marked = writer_.execute("SAVEPOINT work"); !marked) return marked;
    SqliteRecords records(writer_);
    base::Result<void> result = work(records);
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

  static void fail_all(const std::vector<Waiting*>& batch, const base::Error& error) {
    for (Waiting* waiting : batch) {
      if (waiting->result) waiting->result = tl::unexpected(error);
    }
  }

  std::filesystem::path file_;
  sqlite::Connection writer_;  ///< used by thread_ only
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::condition_variable_any committed_;
  std::vector<Waiting*> queue_;  ///< guarded by mutex_
  std::mutex readers_mutex_;
  std::vector<sqlite::Connection> readers_;  ///< idle ones; guarded by readers_mutex_
  std::jthread thread_;                      ///< last: joined before the rest goes
};

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
  if (const auto migrated = sqlite::migrate(*writer, schema_steps()); !migrated)
    return tl::unexpected(migrated.error());
  if (!is_there) {
    if (const auto synced = base::sync_directory(file.parent_path()); !synced) return tl::unexpected(synced.error());
  }
  return std::make_unique<SqliteStore>(file, std::move(*writer));
}

}  // namespace bangwu::store
