#include "settings_file/strict_table.h"

#include <gmock/gmock.h>

#include <fstream>

#include "support/scratch_directory.h"

namespace bangwu::settings_file {
namespace {

using testing::HasSubstr;

class StrictFile : public testing::Test {
 protected:
  std::string complaint(const std::string& text) {
    std::ofstream(scratch_ / "some.toml") << text;
    const auto read = read_strictly(scratch_ / "some.toml", {"a"}, [](const toml::table&, Complaints&) {});
    return read ? "accepted" : read.error().detail;
  }
  static std::string repeated(const std::string& part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  }
  support::ScratchDirectory scratch_;
};

TEST_F(StrictFile, WithItsTablesIsRead) { EXPECT_EQ(complaint("[a]\nb.c.d = 1.5\n"), "accepted"); }

// The library follows each by recursion; the stack of a thread ends at some thirty thousand.
TEST_F(StrictFile, WithKeysInKeysWithoutEndIsRefused) {
  EXPECT_THAT(complaint("[a]\nb" + repeated(".b", 100'000) + " = 1\n"), HasSubstr("some.toml:1: not TOML"));
  EXPECT_THAT(complaint("[a" + repeated(".a", 100'000) + "]\n"), HasSubstr("not TOML"));
  EXPECT_THAT(complaint("[a]\nb = " + repeated("[", 100'000) + repeated("]", 100'000)), HasSubstr("not TOML"));
  EXPECT_THAT(complaint("[a]\nb = " + repeated("{b=", 100'000) + "1" + repeated("}", 100'000)), HasSubstr("not TOML"));
}

}  // namespace
}  // namespace bangwu::settings_file
