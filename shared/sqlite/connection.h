#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "sqlite/statement.h"

namespace bangwu::sqlite {

/// What open() does when there is no file.
enum class Missing { create, refuse };

struct Settings {
  std::string name;  ///< what errors call it: "outbox database"
  Missing missing = Missing::create;
  const char* more = "";  ///< PRAGMA statements of its owner's own
};

/// One connection to one SQLite file, with its statements prepared once.
///
/// Every database of the house is opened alike: WAL, synchronous=FULL (when a commit has returned it is on the disk),
/// secure_delete (what is deleted is overwritten), foreign keys checked, no code of the file's own schema trusted. It
/// waits ten seconds for another connection. A log longer than a thousand pages is moved into the database after a
/// commit; while it is, no connection of this house commits (gate.h says why).
/// Threads: one at a time. Threads and processes each open their own on the same file.
/// Errors of every function: disk_full; busy (another connection held the file too long); corrupt; already_exists (a
/// unique key is taken); conflict (a trigger of the schema refused); io_failed; internal. `detail` names columns, never
/// values.
class Connection {
 public:
  [[nodiscard]] static base::Result<Connection> open(const std::filesystem::path& file, const Settings& settings);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// `sql` is a constant with static lifetime: statements are kept by its address.
  [[nodiscard]] Statement prepare(const char* sql);
  /// Several statements without parameters.
  [[nodiscard]] base::Result<void> execute(const char* sql);
  /// Moves what was written from the log into the database file, durably: the log is the only copy no longer. `busy` if
  /// another connection is writing, or still reads what was before; nothing is lost then, it can be tried again.
  [[nodiscard]] base::Result<void> write_back();
  /// The same, and cuts the log to nothing: what was deleted is in neither.
  [[nodiscard]] base::Result<void> empty_log();
  /// False once SQLite itself has rolled a transaction back, as it does on a full disk.
  [[nodiscard]] bool is_in_transaction() const;

 private:
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::sqlite
