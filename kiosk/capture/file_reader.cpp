#include "capture/file_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace bangwu::capture {
namespace {

using domain::PageFault;

constexpr std::size_t kPiece = 1U << 20;  ///< between two looks at the cancel token

}  // namespace

PageFault fault_of_errno(int number) {
  switch (number) {
    case EIO:
    case ENODEV:
    case ENXIO:
    case ENOMEDIUM:
    case ESTALE:
    case ESHUTDOWN:
    case ENOTCONN:
    case EREMOTEIO: return PageFault::media_removed;
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case EACCES:
    case EPERM: return PageFault::file_gone;
    default: return PageFault::internal;
  }
}

tl::expected<base::FileHandle, PageFault> open_directory(const std::filesystem::path& root, const Names& way) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  base::FileHandle directory(::open(root.c_str(), kFlags));
  if (!directory.is_open()) {
    const PageFault fault = fault_of_errno(errno);
    return tl::unexpected(fault == PageFault::file_gone ? PageFault::media_removed : fault);
  }
  for (const std::string& name : way) {
    directory = base::FileHandle(::openat(directory.get(), name.c_str(), kFlags | O_NOFOLLOW));
    if (!directory.is_open()) {
      return tl::unexpected(fault_of_errno(errno));
    }
  }
  return directory;
}

tl::expected<OpenFile, PageFault> open_file(const std::filesystem::path& root, const Names& way) {
  auto directory = open_directory(root, Names(way.begin(), way.end() - 1));
  if (!directory) {
    return tl::unexpected(directory.error());
  }
  // O_NONBLOCK: opening a pipe or a device that took the file's place must not wait.
  OpenFile file{base::FileHandle(
      ::openat(directory->get(), way.back().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC))};
  if (!file.handle.is_open() || ::fstat(file.handle.get(), &file.status) != 0) {
    return tl::unexpected(fault_of_errno(errno));
  }
  if (!S_ISREG(file.status.st_mode)) {
    return tl::unexpected(PageFault::file_gone);
  }
  return file;
}

tl::expected<base::Bytes, PageFault> read_bytes(const OpenFile& file, std::size_t most, const CancelToken& cancel) {
  base::Bytes bytes(std::min(most, static_cast<std::size_t>(file.status.st_size)));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    if (cancel.is_cancelled()) {
      return tl::unexpected(PageFault::cancelled);
    }
    const ssize_t got = ::read(file.handle.get(), bytes.data() + filled, std::min(kPiece, bytes.size() - filled));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      // Whatever the number is: the file could be opened, and now its bytes do not come.
      return tl::unexpected(PageFault::media_removed);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace bangwu::capture
