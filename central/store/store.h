#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "store/transaction.h"

namespace bangwu::store {

/// The one seam to a database. All members are thread-safe and block.
class Store {
 public:
  /// What is done inside a transaction. It may run more than once, when the database asks for another try (another
  /// transaction came between, or one that shared its commit failed): of each run but the last nothing is kept. So it
  /// changes nothing outside the transaction but its own results, and sets those anew each time it runs; what must
  /// happen once (random ids, files, messages) happens before or after. It runs on a thread of the store's.
  using Work = std::function<base::Result<void>(Transaction&)>;
  virtual ~Store() = default;

  /// Runs `work` in one transaction. When it returns without an error everything `work` wrote is on the disk; with an
  /// error (of `work` or of the database) nothing of it is, but after `timed_out`, which tells that the database was
  /// lost while it committed: then look whether it is there. Works of several threads may share one commit; none is
  /// undone by another's failure.
  [[nodiscard]] virtual base::Result<void> write(const Work& work) = 0;
  /// Runs `work` on one consistent state; writing in it fails. It may run more than once, as above.
  [[nodiscard]] virtual base::Result<void> read(const Work& work) = 0;
  /// After an erasure: what was overwritten leaves, as far as this program can see to it, what the database keeps
  /// beside its rows — SQLite's log, PostgreSQL's dead rows (docs/keeping.md tells what stays). `busy` while somebody
  /// still reads an older state: to be tried again. Takes as long as the tables are large.
  [[nodiscard]] virtual base::Result<void> clear_traces() = 0;
};

enum class OpenMode {
  create,    ///< makes the file if there is none, and brings an older schema up to date
  existing,  ///< not_found if there is none; migrates too
};

/// SQLite in one file (mode 0600), WAL, synchronous=FULL: a committed transaction survives a power cut. Several
/// processes may have it open. `unsupported` if a newer version of the program made it.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file, OpenMode mode);

/// PostgreSQL 15 or newer by a connection string or URI of libpq; the database must keep text as UTF-8. What is
/// committed is on the server's disk. Several processes may have it open. `not_found` if it is empty and shall not be
/// filled, `invalid_input` for a string that does not read, `unavailable` if the server cannot be reached; the string,
/// which may hold a password, is never told.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_postgres_store(const std::string& database, OpenMode mode);

/// Copies all of a store as it is at one moment into one that is empty, in one transaction of each; they may stand on
/// different databases. `already_exists` if `to` is not empty.
[[nodiscard]] base::Result<void> copy_store(Store& from, Store& to);

}  // namespace bangwu::store
