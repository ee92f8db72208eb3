#pragma once
// Private to this room.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::outbox {

/// How far the queue had promised.
struct Promised {
  std::int64_t number = 0;  ///< of the last item accepted
  std::string kiosk;
  std::uint64_t sequence = 0;  ///< the last that was given under that identity
  bool operator==(const Promised&) const = default;
};

/// The high-water mark: a small file outside the database and its folder, by which a database that was lost, cut or put
/// back from an older copy is noticed. Written after each promise is on the disk and before it is told, so that it is
/// never ahead of a sound database.
///
/// Two places, written in turn, each with its SHA-256, fsynced in place: a power cut or a bad sector spoils one at
/// most, and a full disk none. Any number of processes may raise it.
class Mark {
 public:
  /// Makes the file and its name durable if it is not there.
  [[nodiscard]] static base::Result<Mark> open(const std::filesystem::path& file);
  /// Nothing: nothing was ever promised. `corrupt`: neither place is as it was written.
  [[nodiscard]] base::Result<std::optional<Promised>> read() const;
  /// Never lowers it.
  [[nodiscard]] base::Result<void> raise(const Promised& promised) const;
  /// Writes what is there once more, down to the disk: whether the disk takes writes at all.
  [[nodiscard]] base::Result<void> write_again() const;

 private:
  Mark(base::FileHandle handle, std::filesystem::path file) : handle_(std::move(handle)), file_(std::move(file)) {}

  base::FileHandle handle_;
  std::filesystem::path file_;
};

}  // namespace bangwu::outbox
