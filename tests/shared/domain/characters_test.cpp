#include "domain/characters.h"

#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

TEST(Utf8, DecodesOneToFourBytes) { EXPECT_EQ(decode_utf8("aé食𠮷"), U"aé食𠮷"); }

TEST(Utf8, LeavesOutWhatIsNotWellFormed) {
  EXPECT_EQ(decode_utf8("a\xFF\xE9\xA3"), U"a");
  EXPECT_EQ(decode_utf8("\xE9\xA3食"), U"食");
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndTooLargePoints) {
  EXPECT_TRUE(is_utf8("食品 abc 𠮷"));
  for (const auto* bad :
       {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE9\xA3", "\xF8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Hanzi, AreIdeographsAndZero) {
  for (const char32_t c : {U'一', U'龥', U'〇', U'𠮷', U'㐀'}) EXPECT_TRUE(is_hanzi(c)) << static_cast<unsigned>(c);
  for (const char32_t c : {U'a', U'1', U'，', U'（', U'ア', U'“'})
    EXPECT_FALSE(is_hanzi(c)) << static_cast<unsigned>(c);
}

TEST(Fold, KeepsHanziLettersAndDigitsOnly) { EXPECT_EQ(fold("第２类（Ａb）医 疗，"), U"第2类ab医疗"); }

}  // namespace
}  // namespace bangwu::domain
