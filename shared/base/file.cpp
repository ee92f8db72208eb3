#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace bangwu::base {
namespace fs = std::filesystem;

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = other.release();
  }
  return *this;
}

FileHandle::~FileHandle() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int FileHandle::release() { return std::exchange(descriptor_, -1); }

Error error_from_errno(int number, std::string_view doing, const fs::path& path) {
  ErrorCode code = ErrorCode::io_failed;
  if (number == ENOSPC || number == EDQUOT) code = ErrorCode::disk_full;
  if (number == ENOENT) code = ErrorCode::not_found;
  if (number == EACCES || number == EPERM) code = ErrorCode::unauthorised;
  if (number == EEXIST) code = ErrorCode::already_exists;
  return {code, std::string(doing) + " " + path.string() + ": " + std::strerror(number)};
}

namespace {

template <class Container>
Result<Container> read_file(const fs::path& path, std::size_t limit) {
  const FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.is_open()) return tl::unexpected(error_from_errno(errno, "open", path));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return tl::unexpected(error_from_errno(errno, "stat", path));
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid_input, path.string() + " is not a file");
  if (static_cast<std::size_t>(status.st_size) > limit)
    return fail(ErrorCode::invalid_input, path.string() + " is too large");
  Container content;
  content.resize(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t got = ::read(file.get(), content.data() + done, content.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(error_from_errno(errno, "read", path));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  content.resize(done);
  return content;
}

}  // namespace

Result<std::string> read_text_file(const fs::path& path, std::size_t limit) {
  return read_file<std::string>(path, limit);
}
Result<Bytes> read_binary_file(const fs::path& path, std::size_t limit) { return read_file<Bytes>(path, limit); }

void read_ahead(const fs::path& path) {
  const FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.is_open()) ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_WILLNEED);
}

Result<void> write_all(int descriptor, std::span<const std::uint8_t> bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(error_from_errno(errno, "write", path));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> sync_directory(const fs::path& directory) {
  const FileHandle handle{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!handle.is_open()) return tl::unexpected(error_from_errno(errno, "open", directory));
  if (::fsync(handle.get()) != 0) return tl::unexpected(error_from_errno(errno, "fsync", directory));
  return {};
}

Result<void> make_directory_durably(const fs::path& directory) {
  if (directory.empty() || fs::is_directory(directory)) return {};
  const fs::path parent = directory.has_parent_path() ? directory.parent_path() : fs::path{"."};
  if (auto made = make_directory_durably(parent); !made) return made;
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return tl::unexpected(error_from_errno(errno, "mkdir", directory));
  }
  return sync_directory(parent);
}

namespace {

Result<void> write_and_sync(const fs::path& path, std::span<const std::uint8_t> bytes, unsigned mode) {
  const FileHandle file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
  if (!file.is_open()) return tl::unexpected(error_from_errno(errno, "create", path));
  if (::fchmod(file.get(), mode) != 0) return tl::unexpected(error_from_errno(errno, "chmod", path));
  if (auto written = write_all(file.get(), bytes, path); !written) return written;
  if (::fsync(file.get()) != 0) return tl::unexpected(error_from_errno(errno, "fsync", path));
  return {};
}

}  // namespace

Result<void> write_file_durably(const fs::path& path, std::span<const std::uint8_t> bytes, unsigned mode) {
  fs::path temporary = path;
  temporary += ".new";
  auto done = write_and_sync(temporary, bytes, mode);
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0)
    done = tl::unexpected(error_from_errno(errno, "rename", path));
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  return sync_directory(path.has_parent_path() ? path.parent_path() : fs::path{"."});
}

}  // namespace bangwu::base
