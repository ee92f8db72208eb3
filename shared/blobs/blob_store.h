#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::blobs {

/// A blob by what it contains: SHA-256 as 64 lower-case hex digits, and its size in bytes.
struct BlobRef {
  std::string sha256;
  std::uint64_t size = 0;
  bool operator==(const BlobRef&) const = default;
};

/// A folder of immutable files named by their SHA-256 (two-digit subfolders). Used by the kiosk for sealed pages and by
/// the central service for what arrived. Any number of threads and processes may use one folder.
///
/// When put() or Incoming::finish() has returned, the bytes, the name and the folder that holds it are on the disk
/// (fsync of file and directory, then rename, then fsync). A crash before leaves at most a file under incoming/, which
/// sweep() removes. A blob that is there already is verified, not rewritten.
class BlobStore {
 public:
  [[nodiscard]] static base::Result<BlobStore> open(const std::filesystem::path& directory);

  [[nodiscard]] base::Result<BlobRef> put(std::span<const std::uint8_t> bytes) const;
  /// Moves a whole, closed file of the same file system in: it is read and hashed, fsynced, renamed. `corrupt` if hash
  /// or size differ from what is expected; the file is then left where it was.
  [[nodiscard]] base::Result<void> adopt(const std::filesystem::path& file, const BlobRef& expected) const;

  [[nodiscard]] bool contains(const BlobRef& blob) const;  ///< name and size only
  /// Reads the whole file and compares; `corrupt` or `not_found`.
  [[nodiscard]] base::Result<void> verify(const BlobRef& blob) const;
  [[nodiscard]] base::Result<base::Bytes> read(std::string_view sha256) const;
  [[nodiscard]] std::filesystem::path path_of(std::string_view sha256) const;

  /// Removes the blob and syncs its folder; removing what is not there is no error.
  [[nodiscard]] base::Result<void> remove(std::string_view sha256) const;
  /// Removes every blob for which `is_wanted` is false, and leftovers of crashes. Returns how many were removed.
  [[nodiscard]] base::Result<std::size_t> sweep(const std::function<bool(std::string_view sha256)>& is_wanted) const;
  /// Bytes an ordinary user may still write to this file system.
  [[nodiscard]] base::Result<std::uint64_t> free_bytes() const;

 private:
  explicit BlobStore(std::filesystem::path directory) : directory_(std::move(directory)) {}
  std::filesystem::path directory_;
};

}  // namespace bangwu::blobs
