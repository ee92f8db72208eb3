#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
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
  /// inode, size and change time), is not read again. Its name is on the disk then, whoever gave it.
  [[nodiscard]] base::Result<void> verify_unless_fresh(const BlobRef& blob) const;
  /// For who answers for a blob from now on. What memory holds of the file is dropped and the whole file read from the
  /// disk and compared; its name is on the disk when this returns, also if a process that was killed right after the
  /// rename gave it. `not_found` (also for a whole blob of another size), or `corrupt`. A disk that cannot read it is
  /// `io_failed`: that says nothing of the blob, and is for a person to look at.
  [[nodiscard]] base::Result<void> prove(const BlobRef& blob) const;
  /// Moves a damaged blob to damaged/, so that it counts as missing and can be brought again, and a person can look.
  [[nodiscard]] base::Result<void> set_aside(std::string_view sha256) const;
  [[nodiscard]] base::Result<base::Bytes> read(std::string_view sha256) const;
  [[nodiscard]] std::filesystem::path path_of(std::string_view sha256) const;

  /// Removes the blob and syncs its folder; removing what is not there is no error.
  [[nodiscard]] base::Result<void> remove(std::string_view sha256) const;
  /// The same for several: each folder is synced once.
  [[nodiscard]] base::Result<void> remove_all(std::span<const std::string> names) const;
  /// Removes every blob for which `is_wanted` is false, and leftovers of crashes. Returns how many were removed.
  [[nodiscard]] base::Result<std::size_t> sweep(const std::function<bool(std::string_view sha256)>& is_wanted) const;
  /// Held by who is about to refer to blobs, from before it looks at them until the reference is on the disk: nothing
  /// is collected meanwhile, by any process. Costs an open and a lock; waits for a batch that is just being removed.
  [[nodiscard]] base::Result<base::FileHandle> hold() const;
  /// Of these names those that someone refers to.
  using Wanted = std::function<base::Result<std::vector<std::string>>(const std::vector<std::string>& names)>;
  /// Removes blobs nobody wants whose file was last changed (made, renamed, touched) before `changed_before`. A batch
  /// is asked about and removed while nobody holds the store. Asked to stop it is `cancelled` before the next batch.
  /// Returns how many were removed.
  [[nodiscard]] base::Result<std::size_t> collect(base::SystemTime changed_before, const Wanted& wanted,
                                                  const std::stop_token& stop = {}) const;
  /// The blob is to be referred to soon: collect() sees it as new.
  void touch(std::string_view sha256) const;
  /// Bytes an ordinary user may still write to this file system.
  [[nodiscard]] base::Result<std::uint64_t> free_bytes() const;

 private:
  struct Fresh;
  explicit BlobStore(std::filesystem::path directory);
  [[nodiscard]] std::filesystem::path incoming_folder() const;
  [[nodiscard]] base::Result<void> prepare_folder(const std::filesystem::path& folder) const;
  [[nodiscard]] base::Result<bool> move_in(const std::filesystem::path& file, const BlobRef& blob) const;
  [[nodiscard]] base::Result<void> settle(const base::FileHandle& file, const BlobRef& blob) const;
  [[nodiscard]] base::Result<void> make_name_durable(const BlobRef& blob) const;
  [[nodiscard]] base::Result<std::size_t> collect_batch(const std::vector<std::string>& names,
                                                        base::SystemTime changed_before, const Wanted& wanted) const;

  std::filesystem::path directory_;
  std::shared_ptr<Fresh> fresh_;  // shared: copies of a store used by several threads know the same files
};

}  // namespace bangwu::blobs
