#include "read_faults.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

namespace {

struct Plan {
  dev_t device = 0;
  ino_t file = 0;
  std::size_t left = 0;
  int number = 0;
  std::function<void()> then;
};

// read() below is called by code that knows nothing of the test, so the plan is where it can be found.
std::optional<Plan>& plan() {
  static std::optional<Plan> current;
  return current;
}

}  // namespace

/// Takes the place of libc's for the whole program.
extern "C" ssize_t read(int descriptor, void* buffer, std::size_t count) {
  struct stat status {};
  auto& current = plan();
  const bool is_meant = current && ::fstat(descriptor, &status) == 0 && status.st_dev == current->device &&
                        status.st_ino == current->file;
  if (!is_meant) {
    return ::syscall(SYS_read, descriptor, buffer, count);
  }
  if (current->left == 0) {
    if (auto then = std::exchange(current->then, {}); then) {
      then();
    }
    errno = current->number;
    return errno == 0 ? 0 : -1;
  }
  const ssize_t got = ::syscall(SYS_read, descriptor, buffer, std::min(count, current->left));
  current->left -= static_cast<std::size_t>(std::max<ssize_t>(got, 0));
  return got;
}

namespace bangwu::capture::test {

ReadFault::ReadFault(const std::filesystem::path& file, std::size_t after, int number, std::function<void()> then) {
  struct stat status {};
  ::stat(file.c_str(), &status);
  plan() =
      Plan{.device = status.st_dev, .file = status.st_ino, .left = after, .number = number, .then = std::move(then)};
}

ReadFault::~ReadFault() { plan().reset(); }

}  // namespace bangwu::capture::test
