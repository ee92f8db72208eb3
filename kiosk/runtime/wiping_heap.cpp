// The process's heap, in front of glibc's: whatever is freed is overwritten first, so that nothing of a visit stays in
// memory that is free but not yet used again. It stands in for malloc's family in the executable and, as the dynamic
// linker prefers the executable's, in every library it loads (glibc manual, "Replacing malloc").
#include <malloc.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "runtime/wiping.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

namespace bangwu::runtime {
bool heap_is_wiped() { return false; }
}  // namespace bangwu::runtime

#else

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);

void* malloc(std::size_t size) { return __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return __libc_calloc(count, size); }

void free(void* memory) {
  if (memory == nullptr) return;
  const int saved = errno;
  ::explicit_bzero(memory, malloc_usable_size(memory));
  __libc_free(memory);
  errno = saved;
}

void* realloc(void* memory, std::size_t size) {
  if (memory == nullptr) return malloc(size);
  if (size == 0) {
    free(memory);
    return nullptr;
  }
  const std::size_t had = malloc_usable_size(memory);
  // A little room more or less is not worth moving; what is cut off is overwritten.
  if (size <= had && size >= had / 2) {
    ::explicit_bzero(static_cast<char*>(memory) + size, had - size);
    return memory;
  }
  void* moved = malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, had < size ? had : size);
  free(memory);
  return moved;
}

void* memalign(std::size_t alignment, std::size_t size) { return __libc_memalign(alignment, size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) { return __libc_memalign(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  if (alignment % sizeof(void*) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  void* memory = __libc_memalign(alignment, size);
  if (memory == nullptr) return ENOMEM;
  *out = memory;
  return 0;
}
}

namespace bangwu::runtime {
bool heap_is_wiped() { return true; }
}  // namespace bangwu::runtime

#endif
