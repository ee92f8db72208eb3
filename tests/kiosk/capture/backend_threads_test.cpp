#include <dlfcn.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sched.h>

#include <atomic>

namespace bangwu::capture {
namespace {

using SetType = int (*)(int, int*);

/// What a SANE backend gets: it is loaded at run time and has the name from the dynamic linker.
SetType as_backends_see_it() { return reinterpret_cast<SetType>(::dlsym(RTLD_DEFAULT, "pthread_setcanceltype")); }

struct Reader {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  std::atomic<bool> has_lock = false, is_cancelled = false;
};

/// As sanei_thread begins its threads; then a lock, as the allocator takes them, and at last a place to wait.
void* read_a_page(void* given) {
  auto& reader = *static_cast<Reader*>(given);
  int old = 0;
  as_backends_see_it()(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
  pthread_mutex_lock(&reader.lock);
  reader.has_lock = true;
  while (!reader.is_cancelled) sched_yield();
  pthread_mutex_unlock(&reader.lock);
  pthread_testcancel();
  return nullptr;
}

TEST(BackendThreads, AreCancelledWhereTheyWaitAndNeverInsideALock) {
  Reader reader;
  pthread_t thread{};
  ASSERT_EQ(pthread_create(&thread, nullptr, read_a_page, &reader), 0);
  while (!reader.has_lock) sched_yield();
  ASSERT_EQ(pthread_cancel(thread), 0);
  reader.is_cancelled = true;
  void* end = nullptr;
  ASSERT_EQ(pthread_join(thread, &end), 0);
  EXPECT_EQ(end, PTHREAD_CANCELED);
  EXPECT_EQ(pthread_mutex_trylock(&reader.lock), 0) << "the thread died with the lock";
}

TEST(BackendThreads, OtherTypesAreRefusedAsEver) {
  int old = -1;
  EXPECT_EQ(as_backends_see_it()(99, &old), EINVAL);
  EXPECT_EQ(as_backends_see_it()(PTHREAD_CANCEL_DEFERRED, &old), 0);
  EXPECT_EQ(old, PTHREAD_CANCEL_DEFERRED);
}

}  // namespace
}  // namespace bangwu::capture
