#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace bangwu::bench {

/// The rival: the least that puts the same bytes on the same disk. Files are written and all of them synced, then their
/// folder, then one row is committed (SQLite, WAL, synchronous=FULL). No hashing, no sealing, no second name, no check.
class BareDisk {
 public:
  /// Throws std::runtime_error, here and below.
  explicit BareDisk(const std::filesystem::path& directory);
  void store(std::span<const std::span<const std::uint8_t>> files);

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  std::filesystem::path directory_;
  std::unique_ptr<sqlite3, Close> database_;
  std::uint64_t next_ = 0;
};

}  // namespace bangwu::bench
