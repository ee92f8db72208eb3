#include "runtime/wiping.h"

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace bangwu::runtime {
namespace {

// Reading freed memory is what a core dump does; the pointer is kept out of the compiler's sight.
bool still_there(const void* where, const char* trace, std::size_t size) {
  const volatile char* bytes = static_cast<const volatile char*>(where);
  for (std::size_t i = 0; i < size; ++i) {
    if (bytes[i] != trace[i]) return false;
  }
  return true;
}

TEST(Wiping, FreedMemoryHoldsNothingOfWhatWasInIt) {
  if (!heap_is_wiped()) GTEST_SKIP() << "the sanitizers bring a heap of their own";
  constexpr char kTrace[] = "440524188001010014-440524188001010014";
  for (const std::size_t size : {64UL, 500UL, 5000UL}) {
    char* memory = static_cast<char*>(std::malloc(size));
    std::memcpy(memory + 20, kTrace, sizeof kTrace);  // past the heap's own links in free memory
    const void* volatile where = memory + 20;
    ASSERT_TRUE(still_there(where, kTrace, sizeof kTrace)) << "or the compiler leaves the writing out";
    std::free(memory);
    EXPECT_FALSE(still_there(where, kTrace, sizeof kTrace)) << size;
  }
}

TEST(Wiping, MemoryThatMovesLeavesNothingBehind) {
  if (!heap_is_wiped()) GTEST_SKIP() << "the sanitizers bring a heap of their own";
  constexpr char kTrace[] = "440524188001010014-440524188001010014";
  char* memory = static_cast<char*>(std::malloc(100));
  std::memcpy(memory + 20, kTrace, sizeof kTrace);
  const void* volatile where = memory + 20;
  char* grown = static_cast<char*>(std::realloc(memory, 20000));
  EXPECT_STREQ(grown + 20, kTrace);
  const bool has_moved = grown != static_cast<const char*>(where) - 20;
  EXPECT_TRUE(!has_moved || !still_there(where, kTrace, sizeof kTrace));
  std::free(grown);
}

TEST(Wiping, WhatIsCutOffIsOverwritten) {
  if (!heap_is_wiped()) GTEST_SKIP() << "the sanitizers bring a heap of their own";
  constexpr char kTrace[] = "440524188001010014-440524188001010014";
  char* memory = static_cast<char*>(std::malloc(1000));
  std::memcpy(memory + 700, kTrace, sizeof kTrace);
  const void* volatile where = memory + 700;
  void* volatile shorter = std::realloc(memory, 600);
  EXPECT_FALSE(still_there(where, kTrace, sizeof kTrace));
  std::free(shorter);
}

/// Deep enough that no call in between writes there; the address is handed out as a number, for it is of nobody's.
[[gnu::noinline]] std::uintptr_t leave_on_the_stack(const char* trace, std::size_t size) {
  volatile char room[100'000];
  for (std::size_t i = 0; i < size; ++i) room[i] = trace[i];
  return reinterpret_cast<std::uintptr_t>(&room[0]);
}

TEST(Wiping, NothingStaysOnTheStackBelowWhoCallsForIt) {
  if (!heap_is_wiped()) GTEST_SKIP() << "the sanitizers bring a stack of their own";
  constexpr char kTrace[] = "440524188001010014-440524188001010014";
  const auto where = leave_on_the_stack(kTrace, sizeof kTrace);
  ASSERT_TRUE(still_there(reinterpret_cast<const void*>(where), kTrace, sizeof kTrace))
      << "a test that cannot find it proves nothing";
  wipe_unused_stack();
  EXPECT_FALSE(still_there(reinterpret_cast<const void*>(where), kTrace, sizeof kTrace));
}

// A death test runs in a process of its own, which this may be done to.
TEST(Wiping, TheKernelIsToldToKeepNoImage) {
  EXPECT_EXIT(
      {
        forbid_core_dumps();
        rlimit core{};
        const bool has_none =
            ::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == 0;
        ::_exit(has_none ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Heap, LargeMemoryIsTheSystemsAgainHoweverManyCameBefore) {
  if (!heap_is_wiped()) GTEST_SKIP() << "the sanitizers bring a heap of their own";
  keep_heap_small();
  for (int page = 0; page < 3; ++page) {
    constexpr std::size_t kPage = 26U << 20;  // A4 in colour at 300 dots an inch
    const auto before = ::mallinfo2().hblkhd;
    void* volatile pixels = std::malloc(kPage);
    EXPECT_GE(::mallinfo2().hblkhd, before + kPage) << page;
    std::free(pixels);
    EXPECT_EQ(::mallinfo2().hblkhd, before) << page;
  }
}

}  // namespace
}  // namespace bangwu::runtime
