#pragma once
#include <filesystem>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::identity {

/// Holds a data directory for one process: flock(2) on DATA/lock. It ends with the object or with the process, however
/// that ends, so no stale lock is ever left.
class DataLock {
 public:
  /// Creates the directory if it is missing. `busy` if another process holds it; the detail names it.
  [[nodiscard]] static base::Result<DataLock> acquire(const std::filesystem::path& data);

 private:
  explicit DataLock(base::FileHandle file) : file_(std::move(file)) {}
  base::FileHandle file_;
};

}  // namespace bangwu::identity
