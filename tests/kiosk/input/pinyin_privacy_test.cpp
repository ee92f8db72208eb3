#include <gmock/gmock.h>

#include <fstream>

#include "typist.h"

namespace bangwu::input {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) names.push_back(entry.path().string());
  return names;
}

using PinyinPrivacy = ScratchTest;

// Chooses candidate `index` of `letters` as a visitor would, many times over.
void choose_often(PinyinEngine& engine, std::string_view letters, std::size_t index) {
  for (int times = 0; times < 20; ++times) {
    type(engine, letters);
    EXPECT_NE(engine.choose(index), "");
  }
}

TEST_F(PinyinPrivacy, AChoiceChangesNothingForTheNextVisitor) {
  std::vector<std::string> before;
  {
    auto engine = open_engine(scratch_);
    before = offered(*engine, "yu", 60);
    ASSERT_EQ(before.size(), 60U);
    choose_often(*engine, "yu", 59);
    EXPECT_EQ(offered(*engine, "yu", 60), before) << "within the same run";
  }
  auto engine = open_engine(scratch_);
  EXPECT_EQ(offered(*engine, "yu", 60), before) << "after a restart";
}

TEST_F(PinyinPrivacy, AWordComposedOfPartsIsNotRemembered) {
  auto engine = open_engine(scratch_);
  const auto before = offered(*engine, "tunyao", 40);
  for (int times = 0; times < 5; ++times) {
    type(*engine, "tunyao");
    const auto found = engine->candidates(0, 200);
    const auto rare = std::find(found.begin(), found.end(), "囤");
    ASSERT_NE(rare, found.end());
    EXPECT_EQ(engine->choose(static_cast<std::size_t>(rare - found.begin())), "");
    const auto rest = engine->candidates(0, 200);
    const auto second = std::find(rest.begin(), rest.end(), "垚");
    ASSERT_NE(second, rest.end());
    EXPECT_EQ(engine->choose(static_cast<std::size_t>(second - rest.begin())), "囤垚");
  }
  EXPECT_EQ(offered(*engine, "tunyao", 40), before);
  EXPECT_THAT(before, testing::Not(testing::Contains("囤垚")));
}

TEST_F(PinyinPrivacy, NothingIsWrittenBesideTheProgram) {
  const auto data_before = files_below(BANGWU_RIME_DATA);
  {
    auto engine = open_engine(scratch_);
    choose_often(*engine, "yu", 40);
    type(*engine, "halfdone");
  }
  EXPECT_THAT(files_below(scratch_), testing::IsEmpty());
  EXPECT_EQ(files_below(BANGWU_RIME_DATA), data_before);
}

TEST_F(PinyinPrivacy, WorksWithReadOnlyDataAndWithoutAScratchFolder) {
  const auto data = scratch_ / "rime";
  fs::copy(BANGWU_RIME_DATA, data, fs::copy_options::recursive);
  for (const auto& entry : fs::recursive_directory_iterator(data))
    fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::remove);
  fs::permissions(data, fs::perms::owner_write, fs::perm_options::remove);
  {
    auto engine = PinyinEngine::open({.data = data, .scratch = scratch_ / "never-made"});
    ASSERT_TRUE(engine.has_value()) << engine.error().detail;
    EXPECT_EQ(offered(**engine, "changzhou").front(), "常州");
  }
  EXPECT_FALSE(fs::exists(scratch_ / "never-made"));
  for (const auto& folder : {data, data / "build"}) fs::permissions(folder, fs::perms::owner_all);
}

TEST_F(PinyinPrivacy, SaysWhichFileIsMissing) {
  const auto engine = PinyinEngine::open({.data = scratch_, .scratch = scratch_});
  ASSERT_FALSE(engine.has_value());
  EXPECT_EQ(engine.error().code, base::ErrorCode::not_found);
  EXPECT_THAT(engine.error().detail, testing::HasSubstr("default.yaml"));
}

TEST_F(PinyinPrivacy, RefusesADamagedDictionary) {
  const auto data = scratch_ / "rime";
  fs::copy(BANGWU_RIME_DATA, data, fs::copy_options::recursive);
  std::ofstream(data / "build" / "bangwu.table.bin") << "not a table";
  const auto engine = PinyinEngine::open({.data = data, .scratch = scratch_});
  ASSERT_FALSE(engine.has_value());
  EXPECT_EQ(engine.error().code, base::ErrorCode::internal);
  EXPECT_TRUE(PinyinEngine::open({.data = BANGWU_RIME_DATA, .scratch = scratch_}).has_value()) << "a good one after";
}

}  // namespace
}  // namespace bangwu::input
