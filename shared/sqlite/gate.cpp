#include "sqlite/gate.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <thread>

namespace bangwu::sqlite {
using base::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds kBetweenTries{1};

}  // namespace

Result<Gate> Gate::open(const std::filesystem::path& database) {
  const std::filesystem::path path = database.string() + "-gate";
  base::FileHandle file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  return Gate(std::move(file));
}

/// flock() waits for ever or not at all.
Result<void> Gate::lock(int kind, milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (::flock(file_.get(), kind | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(base::error_from_errno(errno, "lock", "gate"));
    if (steady_clock::now() >= deadline) return base::fail(base::ErrorCode::busy, "another connection is in the gate");
    std::this_thread::sleep_for(kBetweenTries);
  }
  is_inside_ = true;
  return {};
}

Result<void> Gate::enter(milliseconds patience) {
  if (is_inside_) return {};
  return lock(LOCK_SH, patience);
}

Result<void> Gate::enter_alone(milliseconds patience) { return lock(LOCK_EX, patience); }

void Gate::leave() {
  if (!is_inside_) return;
  ::flock(file_.get(), LOCK_UN);
  is_inside_ = false;
}

}  // namespace bangwu::sqlite
