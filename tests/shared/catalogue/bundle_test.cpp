#include <gmock/gmock.h>

#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class BundleFile : public Folder {
 protected:
  void write_items(const std::string& second) const {
    write("items/a.toml", kItem);
    write("items/b.toml", with(second, "T-1", "T-2"));
  }
  void expect_left_out(std::uint32_t line, const std::string& what) const {
    const auto loaded = load();
    EXPECT_THAT(loaded.catalogue.bundles, IsEmpty());
    ASSERT_FALSE(loaded.problems.empty());
    const Problem& problem = loaded.problems.back();
    EXPECT_EQ(problem.file, root() / "bundles/c.toml");
    EXPECT_EQ(problem.line, line);
    EXPECT_THAT(problem.what, HasSubstr(what));
  }
};

TEST_F(BundleFile, NamingAnUnknownItemIsLeftOut) {
  write("items/a.toml", kItem);
  write("bundles/c.toml", kBundle);
  expect_left_out(5, "没有事项“T-2”");
}

TEST_F(BundleFile, NamingABrokenItemIsLeftOut) {
  write_items(with(kItem, "market_access", "market"));
  write("bundles/c.toml", kBundle);
  expect_left_out(5, "没有事项“T-2”");
}

TEST_F(BundleFile, OfOneItemIsLeftOut) {
  write_items(kItem);
  write("bundles/c.toml", with(kBundle, ", \"T-2\"", ""));
  expect_left_out(5, "只有一个事项");
}

TEST_F(BundleFile, NamingAnItemTwiceIsLeftOut) {
  write_items(kItem);
  write("bundles/c.toml", with(kBundle, "\"T-2\"", "\"T-1\""));
  expect_left_out(5, "重复");
}

TEST_F(BundleFile, WithAWrongPinyinIsLeftOut) {
  write_items(kItem);
  write("bundles/c.toml", with(kBundle, "kai dian", "kai"));
  expect_left_out(3, "1 个音节，名称有 2 个汉字");
}

TEST_F(BundleFile, WithAnUnknownKeyIsLeftOut) {
  write_items(kItem);
  write("bundles/c.toml", with(kBundle, "items =", "promised = 3\nitems ="));
  expect_left_out(5, "不认识的键 “promised”");
}

TEST_F(BundleFile, WithTheCodeOfAnItemIsLeftOut) {
  write_items(kItem);
  write("bundles/c.toml", with(kBundle, "B-1", "T-1"));
  expect_left_out(1, "已用于 a.toml");
}

TEST_F(BundleFile, WhoseItemsMeanDifferentThingsByOneFieldIsLeftOut) {
  write_items(with(kItem, "label = \"面积\"", "label = \"人数\""));
  write("bundles/c.toml", kBundle);
  expect_left_out(5, "填写项“area”在事项 T-1 和 T-2 里不一样");
}

TEST_F(BundleFile, WhoseItemsMeanDifferentThingsByOneMaterialIsLeftOut) {
  write_items(with(kItem, "specification = \"四角完整\"", "specification = \"彩色\""));
  write("bundles/c.toml", kBundle);
  expect_left_out(5, "材料“id_card”在事项 T-1 和 T-2 里不一样");
}

TEST_F(BundleFile, WhoseItemsShareNoApplicantIsLeftOut) {
  write_items(with(kItem, "\"natural_person\", \"legal_person\"", "\"other_organisation\""));
  write("bundles/c.toml", kBundle);
  expect_left_out(5, "没有共同的申请人类型");
}

TEST_F(BundleFile, WithDifferentBoundsOfOneFieldIsRead) {
  write_items(with(kItem, "maximum = 500", "maximum = 300"));
  write("bundles/c.toml", kBundle);
  EXPECT_THAT(load().problems, IsEmpty());
  EXPECT_EQ(load().catalogue.bundles.size(), 1U);
}

}  // namespace
}  // namespace bangwu::catalogue
