#include "identity/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

namespace bangwu::identity {
namespace {

std::string holder_of(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t got = ::pread(descriptor, text.data(), text.size() - 1, 0);
  const std::string pid(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  return pid.empty() ? "another process" : "process " + pid.substr(0, pid.find('\n'));
}

}  // namespace

base::Result<DataLock> DataLock::acquire(const std::filesystem::path& data) {
  if (auto made = base::make_directory_durably(data); !made) return tl::unexpected(made.error());
  const auto path = data / "lock";
  base::FileHandle file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  int locked = 0;
  do {
    locked = ::flock(file.get(), LOCK_EX | LOCK_NB);
  } while (locked != 0 && errno == EINTR);
  if (locked != 0 && errno == EWOULDBLOCK) {
    return base::fail(base::ErrorCode::busy, data.string() + " is in use by " + holder_of(file.get()) +
                                                 ": a kiosk has one data directory of its own; end that program first");
  }
  if (locked != 0) return tl::unexpected(base::error_from_errno(errno, "lock", path));
  // Only for the message above: a failure to write it takes nothing from the lock.
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file.get(), 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(file.get(), pid.data(), pid.size(), 0);
  }
  return DataLock{std::move(file)};
}

}  // namespace bangwu::identity
