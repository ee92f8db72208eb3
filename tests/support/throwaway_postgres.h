#pragma once
#include <memory>
#include <string>

#include "support/child_process.h"
#include "support/scratch_directory.h"

namespace bangwu::support {

/// Whether what is committed is waited for on the disk: tests that measure or kill say so.
enum class Durability { none, full };

/// A PostgreSQL server of a test's own in a scratch folder: on a private socket, without TCP, as user postgres where
/// the test runs as root (it refuses root). It ends with the object, or with the thread that made it.
class ThrowawayPostgres {
 public:
  explicit ThrowawayPostgres(Durability durability = Durability::none);
  ~ThrowawayPostgres();
  ThrowawayPostgres(const ThrowawayPostgres&) = delete;
  ThrowawayPostgres& operator=(const ThrowawayPostgres&) = delete;

  /// A connection string to the database of this name; it is made, empty, where it is not there.
  [[nodiscard]] std::string database(const std::string& name = "bangwu") const;
  /// Runs SQL beside the store, as someone with the owner's rights would; what was said, ends with an error's text.
  [[nodiscard]] Finished sql(const std::string& text, const std::string& name = "bangwu") const;

  /// Runs pgbench on that database with these words.
  [[nodiscard]] Finished pgbench(std::vector<std::string> words, const std::string& name) const;

  void kill();   ///< SIGKILL to the server and all its processes: a crash
  void start();  ///< again, after a kill
  [[nodiscard]] std::string log() const;

 private:
  [[nodiscard]] std::vector<std::string> as_owner(std::vector<std::string> words) const;
  [[nodiscard]] std::string program(const std::string& name) const;

  ScratchDirectory folder_;
  Durability durability_;
  std::unique_ptr<ChildProcess> server_;
};

}  // namespace bangwu::support
