#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::base {

using Bytes = std::vector<std::uint8_t>;

/// An owned file descriptor; closed at the end of its life. Movable, not copyable.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept : descriptor_(other.release()) {}
  FileHandle& operator=(FileHandle&& other) noexcept;
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;
  ~FileHandle();
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  int release();

 private:
  int descriptor_ = -1;
};

/// Error from errno: ENOSPC and EDQUOT are disk_full, ENOENT is not_found, EACCES unauthorised, the rest io_failed.
[[nodiscard]] Error error_from_errno(int number, std::string_view doing, const std::filesystem::path& path);

[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& path, std::size_t limit = 16U << 20);
[[nodiscard]] Result<Bytes> read_binary_file(const std::filesystem::path& path, std::size_t limit = 512U << 20);

/// Asks the disk for the whole file now and does not wait: for what will be needed in a moment. It cannot fail.
void read_ahead(const std::filesystem::path& path);

/// Writes all bytes or fails; retries short writes and EINTR.
[[nodiscard]] Result<void> write_all(int descriptor, std::span<const std::uint8_t> bytes,
                                     const std::filesystem::path& path);

/// Replaces `path` so that after a crash at any instruction it holds the old content or the new, whole: temporary file,
/// fsync, rename, fsync of the directory. Mode is exact, whatever the umask. A failure leaves the old content only.
[[nodiscard]] Result<void> write_file_durably(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                                              unsigned mode = 0600);

/// fsync of a directory, so that names made or renamed in it survive a power cut.
[[nodiscard]] Result<void> sync_directory(const std::filesystem::path& directory);

/// Creates the directory (mode 0700) and its parents, and syncs each parent it added to.
[[nodiscard]] Result<void> make_directory_durably(const std::filesystem::path& directory);

}  // namespace bangwu::base
