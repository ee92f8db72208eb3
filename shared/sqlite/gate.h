#pragma once
// Private to this room.
#include <chrono>
#include <filesystem>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::sqlite {

/// Keeps writes and checkpoints of one database apart, across threads and processes: many may write (one after the
/// other, as SQLite itself sees to), but whoever moves the log into the database is alone.
///
/// Why: in SQLite 3.7.0 to 3.51.2 a checkpoint that runs while another connection commits, and by that commit starts
/// the log anew, can take pages of the new log for moved already; they are lost (sqlite.org/wal.html#walresetbug).
/// Debian 12 has 3.40.1. A checkpoint that holds SQLite's write lock cannot meet a commit, but every kind of checkpoint
/// goes on without that lock when it cannot get it. So SQLite's own automatic checkpoints are off, ours enter the gate
/// alone, and every writing statement of every connection passes through it. The checkpoint at the last connection's
/// end needs no gate: it holds the file exclusively.
class Gate {
 public:
  /// A lock file beside the database; nothing is ever written into it.
  [[nodiscard]] static base::Result<Gate> open(const std::filesystem::path& database);

  /// Enters with others; `busy` if someone has been alone in it for that long. No matter if inside already.
  [[nodiscard]] base::Result<void> enter(std::chrono::milliseconds patience);
  /// Enters alone.
  [[nodiscard]] base::Result<void> enter_alone(std::chrono::milliseconds patience);
  void leave();
  [[nodiscard]] bool is_inside() const { return is_inside_; }

 private:
  explicit Gate(base::FileHandle file) : file_(std::move(file)) {}
  [[nodiscard]] base::Result<void> lock(int kind, std::chrono::milliseconds patience);

  base::FileHandle file_;
  bool is_inside_ = false;
};

}  // namespace bangwu::sqlite
