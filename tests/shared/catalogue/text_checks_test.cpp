#include "catalogue/text_checks.h"

#include <gtest/gtest.h>

#include <string>

namespace bangwu::catalogue {
namespace {

TEST(Id, IsAsciiWithoutSpaces) {
  for (const char* good : {"a", "WJ-SC-0001", "contact_phone", "11.3204", "9"}) EXPECT_TRUE(is_id(good)) << good;
  for (const char* bad : {"", " a", "a b", "号", "-a", "_a", ".", "a/b", "a\n", "a\"b"})
    EXPECT_FALSE(is_id(bad)) << bad;
  EXPECT_TRUE(is_id(std::string(64, 'a')));
  EXPECT_FALSE(is_id(std::string(65, 'a')));
}

TEST(Pinyin, HasASyllableForEachHanzi) {
  EXPECT_EQ(check_pinyin("食品", "shi pin"), PinyinProblem::none);
  EXPECT_EQ(check_pinyin("“食品”（A2）", "shi pin"), PinyinProblem::none);
  EXPECT_EQ(check_pinyin("食品", "shi"), PinyinProblem::wrong_count);
  EXPECT_EQ(check_pinyin("食品", "shi pin a"), PinyinProblem::wrong_count);
  for (const char* bad : {"", "shi  pin", " shi pin", "shi pin ", "Shi pin", "shi-pin", "shi pinnnnnn", "shi 品"}) {
    EXPECT_EQ(check_pinyin("食品", bad), PinyinProblem::not_syllables) << bad;
  }
}

TEST(CleanLine, HasNoControlsAndNoSpaceAround) {
  EXPECT_TRUE(is_clean_line("食品 经营"));
  for (const char* bad : {" a", "a ", "　a", "a\nb", "a\tb", "a\x7F", "\xC2\x85"})
    EXPECT_FALSE(is_clean_line(bad)) << bad;
}

}  // namespace
}  // namespace bangwu::catalogue
