#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "input/pinyin.h"

namespace bangwu::input {

/// Opens the engine on the data of this build; ends the test when that fails.
inline std::unique_ptr<PinyinEngine> open_engine(const std::filesystem::path& scratch) {
  auto engine = PinyinEngine::open({.data = BANGWU_RIME_DATA, .scratch = scratch});
  if (!engine) {
    ADD_FAILURE() << engine.error().detail;
    std::abort();
  }
  return std::move(*engine);
}

inline void type(PinyinEngine& engine, std::string_view letters) {
  for (const char letter : letters) EXPECT_TRUE(engine.press(letter)) << letter << " of " << letters;
}

/// Candidates for `letters`, in a composition of their own.
inline std::vector<std::string> offered(PinyinEngine& engine, std::string_view letters, std::size_t count = 10) {
  engine.clear();
  type(engine, letters);
  auto found = engine.candidates(0, count);
  engine.clear();
  return found;
}

/// An empty folder of its own for each test, removed afterwards.
class ScratchTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    scratch_ = std::filesystem::path(testing::TempDir()) /
               (std::string("bangwu-") + test->test_suite_name() + "-" + test->name() + "-" + std::to_string(getpid()));
    std::filesystem::remove_all(scratch_);
    std::filesystem::create_directories(scratch_);
  }
  void TearDown() override { std::filesystem::remove_all(scratch_); }

  std::filesystem::path scratch_;
};

}  // namespace bangwu::input
