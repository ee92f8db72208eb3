#include "runtime/wiping.h"

#include <gtest/gtest.h>
#include <malloc.h>

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
