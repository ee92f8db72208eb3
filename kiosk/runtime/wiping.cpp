#include "runtime/wiping.h"

#include <alloca.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstring>

namespace bangwu::runtime {

[[gnu::noinline]] void wipe_unused_stack() {
  constexpr std::size_t kDepth = 256U << 10;  // deeper than any call of ours goes
  void* below = alloca(kDepth);
  ::explicit_bzero(below, kDepth);
}

void keep_heap_small() {
  constexpr int kLarge = 512 << 10;  // bytes
  ::mallopt(M_MMAP_THRESHOLD, kLarge);
  ::mallopt(M_TRIM_THRESHOLD, kLarge);
}

void return_free_memory() { ::malloc_trim(0); }

void forbid_core_dumps() {
  const rlimit none{0, 0};
  // Failing leaves the machine as the system administrator set it up; nothing here depends on it.
  [[maybe_unused]] const int limited = ::setrlimit(RLIMIT_CORE, &none);
  [[maybe_unused]] const int private_now = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace bangwu::runtime
