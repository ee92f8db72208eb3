#include "widgets/words.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>

#include "support/scratch_directory.h"
#include "widgets/mo_file.h"

namespace bangwu::widgets {
namespace {

/// The catalogues are compiled by msgfmt at build time from tests/kiosk/widgets/words.
class Words : public testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = load_words(BANGWU_TEST_WORDS);
    ASSERT_TRUE(loaded) << loaded.error().detail;
    set_language(Language::zh_CN);
  }
  void TearDown() override { set_language(Language::zh_CN); }
};

TEST_F(Words, SwitchAtOnceAndBack) {
  EXPECT_EQ(tr("下一步"), "下一步");
  set_language(Language::en);
  EXPECT_EQ(tr("下一步"), "Next");
  set_language(Language::zh_CN);
  EXPECT_EQ(tr("下一步"), "下一步");
}

TEST_F(Words, NeedNoLocaleOfTheSystem) {
  ASSERT_EQ(setenv("LC_ALL", "C", 1), 0);
  ASSERT_EQ(setenv("LANGUAGE", "de", 1), 0);
  set_language(Language::en);
  EXPECT_EQ(tr("下一步"), "Next");
  unsetenv("LC_ALL");
  unsetenv("LANGUAGE");
}

TEST_F(Words, ATextWithoutAnEntryStaysChinese) {
  set_language(Language::en);
  EXPECT_EQ(tr("没有这一条"), "没有这一条");
  EXPECT_EQ(tr(""), "");  // the empty msgid is the catalogue's header
}

TEST_F(Words, TheCatalogueHasADomainOfItsOwn) {
  set_language(Language::en);
  EXPECT_EQ(tr_catalogue("食品经营许可"), "Food business licence");
  EXPECT_EQ(tr_catalogue("下一步"), "下一步");
}

TEST_F(Words, ArgumentsGoToTheirNamesInAnyOrder) {
  EXPECT_EQ(trf("第 {step} 步，共 {total} 步", {{"step", "3"}, {"total", "6"}}), "第 3 步，共 6 步");
  set_language(Language::en);
  EXPECT_EQ(trf("第 {step} 步，共 {total} 步", {{"step", "3"}, {"total", "6"}}), "6 steps, this is 3");
}

TEST_F(Words, AnArgumentIsNotReadAgain) {
  EXPECT_EQ(trf("{a}{b}", {{"a", "{b}"}, {"b", "x"}}), "{b}x");
  EXPECT_EQ(trf("{a} {unknown} {", {{"a", "1"}}), "1 {unknown} {");
}

TEST(LoadWords, AMissingLanguageIsSaidAndIsChinese) {
  const support::ScratchDirectory empty;
  const auto loaded = load_words(empty.path());
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().detail.find("bangwu.mo"), std::string::npos);
  set_language(Language::en);
  EXPECT_EQ(tr("下一步"), "下一步");
  set_language(Language::zh_CN);
}

TEST(MoFile, DamagedBytesAreRefusedOrHarmless) {
  std::ifstream stream(std::string(BANGWU_TEST_WORDS) + "/en/LC_MESSAGES/bangwu.mo", std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(stream), {}};
  ASSERT_TRUE(MoFile::parse(good));
  std::mt19937 random(3);
  for (int i = 0; i < 20000; ++i) {
    std::string bad = good.substr(0, random() % 2 == 0 ? good.size() : random() % good.size());
    for (int k = 0; k < 3 && !bad.empty(); ++k) {
      bad[random() % bad.size()] = static_cast<char>(random());
    }
    if (const auto file = MoFile::parse(bad)) {
      EXPECT_LE(file->find("下一步").size(), bad.size());
    }
  }
}

TEST(MoFile, ReadsBothByteOrders) {
  const auto word = [](std::uint32_t value, bool big) {
    std::string bytes;
    for (int i = 0; i < 4; ++i) {
      bytes += static_cast<char>(value >> (big ? 24 - 8 * i : 8 * i));
    }
    return bytes;
  };
  for (const bool big : {false, true}) {
    std::string file;
    for (const std::uint32_t value : {0x950412DEU, 0U, 1U, 20U, 28U, 1U, 36U, 1U, 38U}) {
      file += word(value, big);
    }
    file += std::string("a\0b\0", 4);
    const auto parsed = MoFile::parse(file);
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->find("a"), "b");
    EXPECT_EQ(parsed->find("c"), "");
  }
}

}  // namespace
}  // namespace bangwu::widgets
