#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string_view>

#include "support/no_modes.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::base {
namespace {

namespace fs = std::filesystem;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class File : public testing::Test {
 protected:
  [[nodiscard]] fs::path path() const { return folder_ / "file"; }
  [[nodiscard]] std::string content() const { return read_text_file(path()).value_or(""); }
  [[nodiscard]] bool is_alone() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator{}) == 1;
  }
  support::ScratchDirectory folder_;
};

TEST_F(File, IsReplacedWholeWithTheModeItIsTold) {
  ASSERT_TRUE(write_file_durably(path(), bytes_of("old"), 0640));
  ASSERT_TRUE(write_file_durably(path(), bytes_of("new"), 0600));
  EXPECT_EQ(content(), "new");
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_TRUE(is_alone());
}

TEST_F(File, ThatDoesNotFitLeavesTheOldOneAlone) {
  const support::ScratchDirectory mount;
  support::SmallDisk disk(mount.path(), 1U << 20);
  ASSERT_TRUE(write_file_durably(mount / "file", bytes_of("old")));
  disk.leave_only(8192);
  const std::string large(100'000, 'x');
  const auto written = write_file_durably(mount / "file", bytes_of(large));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::disk_full);
  EXPECT_EQ(read_text_file(mount / "file"), "old");
  EXPECT_FALSE(fs::exists(mount / "file.new"));
}

TEST_F(File, ThatCannotTakeItsPlaceLeavesNothing) {
  fs::create_directory(path());
  EXPECT_FALSE(write_file_durably(path(), bytes_of("new")));
  EXPECT_TRUE(is_alone());
}

TEST_F(File, IsNotWrittenReadableByOthersWhereModesAreRefused) {
  const support::NoModes fat;
  const auto written = write_file_durably(path(), bytes_of("secret"), 0600);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unauthorised);
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

}  // namespace
}  // namespace bangwu::base
