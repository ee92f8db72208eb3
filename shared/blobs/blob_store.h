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

class Incoming;

/// A folder of immutable files named by their SHA-256 (two-digit subfolders). Used by the kiosk for sealed pages and by
/// the central service for what arrived. Any number of threads and processes may use one folder; copies are cheap and
/// share what they know.
///
/// When put(), put_all() or Incoming::finish() has returned, the bytes, the names and the folders that hold them are on
/// the disk (fsync of the files, then rename, then fsync of the folders). A crash before leaves at most files under
/// incoming/, which sweep() removes, and whole blobs nobody asked for. A blob that is there already is verified, and
/// replaced if it is damaged.
class BlobStore {
 public:
  /// Creates the folder and its subfolders, durably.
  [[nodiscard]] static base::Result<BlobStore> open(const std::filesystem::path& directory);

  [[nodiscard]] base::Result<BlobRef> put(std::span<const std::uint8_t> bytes) const;
  /// Several at once, in the order given: all or none is there afterwards, for half the syncs of one after another.
  [[nodiscard]] base::Result<std::vector<BlobRef>> put_all(std::span<const std::span<const std::uint8_t>> blobs) const;
  /// put_all() for bytes that become known one after another.
  [[nodiscard]] Incoming begin() const;
  /// Moves a whole, closed file of the same file system in: it is read and hashed, fsynced, renamed. `corrupt` if hash
  /// or size differ from what is expected; the file is then left where it was.
  [[nodiscard]] base::Result<void> adopt(const std::filesystem::path& file, const BlobRef& expected) const;

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
  friend class Incoming;
  struct Fresh;
  explicit BlobStore(std::filesystem::path directory);
  [[nodiscard]] base::Result<bool> move_in(const std::filesystem::path& file, const BlobRef& blob) const;

  std::filesystem::path directory_;
  std::shared_ptr<Fresh> fresh_;  // shared: copies of a store used by several threads know the same files
};

/// Blobs on their way into a store. Each add() writes a file and starts its way to the disk; finish() waits for all,
/// names them and syncs. Destroyed without finish(), it leaves nothing. For one thread.
class Incoming {
 public:
  Incoming(Incoming&&) noexcept;
  Incoming& operator=(Incoming&&) noexcept;
  ~Incoming();
  [[nodiscard]] base::Result<BlobRef> add(std::span<const std::uint8_t> bytes);
  /// After an error nothing of it is kept in incoming/; blobs already named stay as blobs nobody asked for.
  [[nodiscard]] base::Result<std::vector<BlobRef>> finish();

 private:
  friend class BlobStore;
  struct File;
  explicit Incoming(BlobStore store);
  void discard();

  BlobStore store_;
  base::FileHandle lock_;  // shared while files of ours lie under incoming/, so that sweep() leaves them alone
  std::vector<File> files_;
};

}  // namespace bangwu::blobs
