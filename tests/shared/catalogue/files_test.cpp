#include <gmock/gmock.h>
#include <sys/stat.h>

#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Files = Folder;

TEST_F(Files, ThatAreNotUtf8AreNamedWithTheirLine) {
  write("items/a.toml", with(kItem, "餐馆", "\xB2\xCD\xB9\xDD"));  // GB 18030
  const auto loaded = load();
  EXPECT_THAT(loaded.catalogue.items, IsEmpty());
  ASSERT_THAT(loaded.problems, SizeIs(1));
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("不是 UTF-8"));
  EXPECT_EQ(loaded.problems[0].line, 6U);
}

TEST_F(Files, ThatAreTooLargeAreNotRead) {
  write("items/a.toml", kItem + "#" + std::string(300U << 10, 'x'));
  const auto loaded = load();
  EXPECT_THAT(loaded.catalogue.items, IsEmpty());
  ASSERT_THAT(loaded.problems, SizeIs(1));
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("超过 256 KB"));
  EXPECT_EQ(loaded.problems[0].line, 0U);
}

TEST_F(Files, ThatCannotBeOpenedAreReported) {
  std::filesystem::create_symlink("nowhere.toml", root() / "items/a.toml");
  write("items/b.toml", kItem);
  const auto loaded = load();
  EXPECT_THAT(loaded.catalogue.items, SizeIs(1));
  ASSERT_THAT(loaded.problems, SizeIs(1));
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("读不出来"));
}

TEST_F(Files, ThatAreNoRegularFilesAreReportedAndNotWaitedFor) {
  ASSERT_EQ(::mkfifo((root() / "items/a.toml").c_str(), 0600), 0);
  const auto loaded = load();
  ASSERT_THAT(loaded.problems, SizeIs(1));
  EXPECT_EQ(loaded.problems[0].file, root() / "items/a.toml");
}

TEST_F(Files, OfOtherKindsAreReportedButBackupsAreNot) {
  write("items/a.toml", kItem);
  write("items/a.toml~", "x");
  write("items/.a.toml.swp", "x");
  write("items/b.tml", kItem);
  std::filesystem::create_directory(root() / "items/more.toml");
  const auto loaded = load();
  EXPECT_THAT(loaded.catalogue.items, SizeIs(1));
  ASSERT_THAT(loaded.problems, SizeIs(2));
  for (const auto& problem : loaded.problems) EXPECT_THAT(problem.what, HasSubstr("没有读取"));
}

TEST_F(Files, ThatAreEmptyLackTheirKeys) {
  write("items/a.toml", "");
  const auto loaded = load();
  EXPECT_THAT(loaded.catalogue.items, IsEmpty());
  EXPECT_FALSE(loaded.problems.empty());
}

TEST_F(Files, InAFolderThatIsMissingAreReportedOncePerFolder) {
  const auto loaded = load_catalogue(root() / "nowhere");
  EXPECT_THAT(loaded.catalogue.items, IsEmpty());
  EXPECT_THAT(loaded.problems, SizeIs(2));
  EXPECT_THAT(load_calendars(root() / "nowhere").problems, SizeIs(1));
}

TEST_F(Files, ProblemsReadAsOneLine) {
  const Problem problem{"items/a.toml", 12, 3, "事项：缺少 “code”", "请补上"};
  EXPECT_EQ(to_string(problem), "items/a.toml:12:3: 事项：缺少 “code”。请补上。");
  EXPECT_EQ(to_string({"items/a.toml", 0, 0, "文件读不出来", "请检查"}), "items/a.toml: 文件读不出来。请检查。");
}

}  // namespace
}  // namespace bangwu::catalogue
