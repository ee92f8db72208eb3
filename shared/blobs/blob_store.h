#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::blobs {

/// A blob by what it contains: SHA-256 as 64 lower-case hex digits, and its size in bytes.
struct BlobRef {
  std::string sha256;
  std::uint64_t size = 0;
  bool operator==(const BlobRef&) const = default;
};

/// How a file's content is known: `read_again` reads and hashes it, `hashed_while_written` says that the caller hashed
/// the very bytes it wrote into it, so that only its size is looked at.
enum class Content { read_again, hashed_while_written };

/// A folder of immutable files named by their SHA-256 (two-digit subfolders, made when first needed). Used by the kiosk
/// for sealed pages and by the central service for what arrived. Any number of threads and processes may use one
/// folder; copies are cheap and share what they know.
///
/// When put() or adopt() has returned, the bytes, the name and the folder that holds it are on the disk (fsync of the
/// file, then rename, then fsync of the folder). A crash before leaves at most files under incoming/, which sweep()
/// removes, and whole blobs nobody asked for. A blob that is there already is verified, and replaced if it is damaged.
class BlobStore {
 public:
  /// Creates the folder, durably.
  [[nodiscard]] static base::Result<BlobStore> open(const std::filesystem::path& directory);

  [[nodiscard]] base::Result<BlobRef> put(std::span<const std::uint8_t> bytes) const;
  /// Moves a whole file of the same file system in: it is read and hashed (see Content), fsynced, renamed. `corrupt` if
  /// hash or size differ from what is expected; the file is then left where it was.
  [[nodiscard]] base::Result<void> adopt(const std::filesystem::path& file, const BlobRef& expected,
                                         Content content = Content::read_again) const;

  [[nodiscard]] bool contains(const BlobRef& blob) const;  ///< name and size only
  /// Reads the whole file and compares; `corrupt` or `not_found`.
  [[nodiscard]] base::Result<void> verify(const BlobRef& blob) const;
  /// As verify(), but a file that this process hashed while writing it, and that has not been touched since (same
  /// inode, size and change time), is not read again.
  [[nodiscard]] base::Result<void> verify_unless_fresh(const BlobRef& blob) const;
  [[nodiscard]] base::Result<base::Bytes> read(std::string_view sha256) const;
  [[nodiscard]] std::filesystem::path path_of(std::string_view sha256) const;

  /// Removes the blob and syncs its folder; removing what is not there is no error.
  [[nodiscard]] base::Result<void> remove(std::string_view sha256) const;
  /// The same for several: each folder is synced once.
  [[nodiscard]] base::Result<void> remove_all(std::span<const std::string> names) const;
  /// Removes every blob for which `is_wanted` is false, and leftovers of crashes. Returns how many were removed.
  [[nodiscard]] base::Result<std::size_t> sweep(const std::function<bool(std::string_view sha256)>& is_wanted) const;
  /// Bytes an ordinary user may still write to this file system.
  [[nodiscard]] base::Result<std::uint64_t> free_bytes() const;

 private:
  struct Fresh;
  explicit BlobStore(std::filesystem::path directory);
  [[nodiscard]] std::filesystem::path incoming_folder() const;
  [[nodiscard]] base::Result<void> prepare_folder(const std::filesystem::path& folder) const;
  [[nodiscard]] base::Result<bool> move_in(const std::filesystem::path& file, const BlobRef& blob) const;

  std::filesystem::path directory_;
  std::shared_ptr<Fresh> fresh_;  // shared: copies of a store used by several threads know the same files
};

}  // namespace bangwu::blobs
