#include "support/failing_sync.h"

#include <dlfcn.h>

#include <atomic>
#include <cerrno>

namespace bangwu::support {
namespace {

std::atomic<int> failures{0};
std::atomic<int> after{0};

bool fails_now() {
  if (failures == 0 || after-- > 0) return false;
  if (failures > 0) --failures;
  errno = EIO;
  return true;
}

int sync_really(const char* name, int file) { return reinterpret_cast<int (*)(int)>(::dlsym(RTLD_NEXT, name))(file); }

}  // namespace

void fail_syncs(int count, int but_first) {
  after = but_first;
  failures = count;
}

int failures_left() { return failures; }

}  // namespace bangwu::support

// SQLite finds these before libc's.
extern "C" int fdatasync(int file) {
  return bangwu::support::fails_now() ? -1 : bangwu::support::sync_really("fdatasync", file);
}
extern "C" int fsync(int file) {
  return bangwu::support::fails_now() ? -1 : bangwu::support::sync_really("fsync", file);
}
