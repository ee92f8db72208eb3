#include <algorithm>
#include <random>
#include <thread>
#include <vector>

#include "store/postgres_errors.h"
#include "store/postgres_schema.h"
#include "store/postgres_sql.h"
#include "store/store.h"
#include "store/work_queue.h"

namespace bangwu::store {
namespace {

using base::ErrorCode;
using base::Result;
using Connected = std::unique_ptr<PostgresConnection>;

/// While one waits for the disk another fills the next flush. More writers than processors only split into many commits
/// what could share one.
std::size_t count_writers() { return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, 8); }
constexpr std::size_t kMostReaders = 16;
constexpr int kMostTries = 12;

/// What is to be done after a try.
enum class Next { end, try_again };

/// A database that was there and is not now is as much out of reach as its server: `not_found` is about rows.
Result<Connected> reopen(const std::string& database) {
  auto opened = PostgresConnection::open(database);
  if (!opened && opened.error().code == ErrorCode::not_found) opened.error().code = ErrorCode::unavailable;
  return opened;
}

/// One connection that writes, on a thread of its own.
class Writer {
 public:
  Writer(const std::string& database, NumberBlocks& blocks) : database_(database), blocks_(blocks) {}

  /// One commit for all of them; if one fails each gets its own, so that none is undone by another's failure.
  void commit(const WorkQueue::Batch& batch) {
    if (batch.size() > 1) {
      auto together = try_once(batch);
      if (outcome_ != Outcome::nothing_kept) {
        for (auto* waiting : batch) waiting->result = together;
        return;
      }
    }
    for (auto* waiting : batch) waiting->result = commit_alone(waiting);
  }

 private:
  /// Of the last try.
  enum class Outcome { committed, nothing_kept, unknown, unreachable };

  Result<void> commit_alone(WorkQueue::Waiting* waiting) {
    Result<void> result;
    for (int tries = 1; tries <= kMostTries; ++tries) {
      result = try_once({waiting});
      if (result || next_after(tries) == Next::end) return result;
      std::this_thread::sleep_for(std::chrono::microseconds(jitter_(random_) << std::min(tries, 6)));
    }
    return result;
  }

  Result<void> try_once(const WorkQueue::Batch& batch) {
    outcome_ = Outcome::nothing_kept;
    failure_ = {};
    was_lost_ = false;
    if (connection_ == nullptr || !connection_->is_alive()) {
      auto opened = reopen(database_);
      if (!opened) {
        outcome_ = Outcome::unreachable;
        return tl::unexpected(opened.error());
      }
      connection_ = std::move(*opened);
    }
    connection_->queue("BEGIN ISOLATION LEVEL REPEATABLE READ", {});
    auto done = run_all(batch);
    if (done) {
      connection_->queue("COMMIT", {});
      done = connection_->settle();
      failure_ = connection_->failure();
      if (done) outcome_ = Outcome::committed;
      else if (connection_->is_lost()) return lost_while_committing();
    }
    if (!done) give_up();
    return done;
  }

  Result<void> run_all(const WorkQueue::Batch& batch) {
    PostgresSql sql(*connection_);
    PostgresNumbers numbers(sql, blocks_);
    for (auto* waiting : batch) {
      auto done = run_over(sql, numbers, *waiting->work);
      failure_ = sql.failure();
      // A work that overlooks an error must not end in a commit that keeps nothing.
      if (!sql.told()) return sql.told();
      if (!done) return done;
    }
    return {};
  }

  Result<void> lost_while_committing() {
    outcome_ = Outcome::unknown;
    return base::fail(ErrorCode::timed_out, "the connection to PostgreSQL was lost during a commit: ask again");
  }

  void give_up() {
    was_lost_ = connection_->is_lost();
    if (was_lost_) return;
    connection_->queue("ROLLBACK", {});
    [[maybe_unused]] const auto rolled_back = connection_->settle();  // what fails here is lost, and known as lost
  }

  Next next_after(int tries) {
    if (outcome_ != Outcome::nothing_kept) return Next::end;
    if (was_lost_) return tries == 1 ? Next::try_again : Next::end;  // a server that was started anew
    if (failure_.state == kBlockOutOfDate) blocks_.drop();
    if (asks_for_another_try(failure_.state)) return Next::try_again;
    // Another transaction took the key: this one, run again, sees it.
    const bool is_taken = code_of_state(failure_.state) == ErrorCode::already_exists;
    const bool is_race = is_taken && (tries == 1 || failure_.constraint == "event_follows_once");
    return is_race ? Next::try_again : Next::end;
  }

  const std::string& database_;
  NumberBlocks& blocks_;
  Connected connection_;
  Outcome outcome_ = Outcome::nothing_kept;
  PostgresFailure failure_;  ///< of the last try
  bool was_lost_ = false;
  std::minstd_rand random_{std::random_device{}()};
  std::uniform_int_distribution<int> jitter_{50, 500};
};

class PostgresStore final : public Store {
 public:
  explicit PostgresStore(std::string database) : database_(std::move(database)), blocks_(database_) {
    for (std::size_t i = 0; i < count_writers(); ++i) {
      writers_.emplace_back([this](const std::stop_token& stop) {
        Writer writer(database_, blocks_);
        for (auto batch = queue_.take(stop); !batch.empty(); batch = queue_.take(stop)) {
          writer.commit(batch);
          queue_.finish(batch);
        }
      });
    }
  }

  Result<void> write(const Work& work) override { return queue_.submit(work); }

  Result<void> read(const Work& work) override {
    bool was_lost = false;
    auto done = read_once(work, was_lost);
    return was_lost ? read_once(work, was_lost) : done;  // a server that was started anew
  }

  Result<void> clear_traces() override {
    auto connection = reopen(database_);
    if (!connection) return tl::unexpected(connection.error());
    // Each alone: none of them runs inside a transaction.
    for (const char* sql : {"SET statement_timeout = 0", "VACUUM envelope", "VACUUM search_key"}) {
      if (auto done = (*connection)->script(sql); !done) return done;
    }
    return {};
  }

 private:
  Result<void> read_once(const Work& work, bool& was_lost) {
    auto connection = take_reader();
    if (!connection) return tl::unexpected(connection.error());
    auto done = read_over(**connection, work);
    was_lost = (*connection)->is_lost();
    if (!was_lost) give_back(std::move(*connection));
    return done;
  }

  Result<void> read_over(PostgresConnection& connection, const Work& work) {
    PostgresSql sql(connection);
    PostgresNumbers numbers(sql, blocks_);
    connection.queue("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {});
    auto done = run_over(sql, numbers, work);
    connection.queue("ROLLBACK", {});
    const auto ended = connection.settle();
    if (done && !ended) return ended;
    return done;
  }

  Result<Connected> take_reader() {
    {
      const std::lock_guard lock(readers_mutex_);
      while (!readers_.empty()) {
        auto connection = std::move(readers_.back());
        readers_.pop_back();
        if (connection->is_alive()) return connection;
      }
    }
    return reopen(database_);
  }

  void give_back(Connected connection) {
    const std::lock_guard lock(readers_mutex_);
    if (readers_.size() < kMostReaders) readers_.push_back(std::move(connection));
  }

  const std::string database_;
  NumberBlocks blocks_;
  WorkQueue queue_;
  std::mutex readers_mutex_;
  std::vector<Connected> readers_;     ///< idle ones; guarded by readers_mutex_
  std::vector<std::jthread> writers_;  ///< last: joined before the rest goes
};

}  // namespace

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& database, OpenMode mode) {
  auto connection = PostgresConnection::open(database);
  if (!connection) return tl::unexpected(connection.error());
  if (auto migrated = migrate(**connection, mode); !migrated) return tl::unexpected(migrated.error());
  return std::make_unique<PostgresStore>(database);
}

}  // namespace bangwu::store
