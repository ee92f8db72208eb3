#include "base/encoding.h"

#include <gtest/gtest.h>

#include "base/crockford.h"
#include "base/text.h"

namespace bangwu::base {
namespace {

TEST(Encoding, Base64IsThatOfRfc4648) {
  const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};  // its section 10
  for (const auto& [plain, coded] : pairs) {
    EXPECT_EQ(to_base64(bytes_of(plain)), coded);
    const auto back = from_base64(coded);
    ASSERT_TRUE(back) << coded;
    EXPECT_EQ(std::string(back->begin(), back->end()), plain);
  }
}

TEST(Encoding, EveryByteComesBack) {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  Bytes back(256);
  EXPECT_TRUE(from_hex(to_hex(bytes), back));
  EXPECT_EQ(back, bytes);
}

TEST(Encoding, OfOneValueThereIsOneText) {
  for (const char* bad :
       {"A", "AA", "AAA", "A===", "AAAA=", "AA=A", "AB==", "AAB=", "AA\n=", "A-_A", "====", "=", "AA==AAAA"})
    EXPECT_FALSE(from_base64(bad)) << bad;
  EXPECT_TRUE(is_lower_hex("0af9", 4));
  EXPECT_FALSE(is_lower_hex("0AF9", 4));
  EXPECT_FALSE(is_lower_hex("0af9", 3));
}

TEST(Encoding, HexIsReadInEitherCaseAndOfItsLengthOnly) {
  Bytes bytes(2);
  EXPECT_TRUE(from_hex("aFc0", bytes));
  EXPECT_EQ(bytes, (Bytes{0xaf, 0xc0}));
  for (const char* bad : {"", "afc", "afc00", "afg0", "af 0", "+1c0"}) EXPECT_FALSE(from_hex(bad, bytes)) << bad;
}

TEST(Text, IsTrimmedAtBothEndsOnly) {
  EXPECT_EQ(trimmed(" \ta b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed("\ta ", " "), "\ta");
}

TEST(Text, ANumberIsTheWholeText) {
  EXPECT_EQ(number_from<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  for (const char* bad : {"", "-1", "+1", " 1", "1 ", "1x", "18446744073709551616"})
    EXPECT_FALSE(number_from<std::uint64_t>(bad)) << bad;
}

TEST(Crockford, IsTidiedAsPeopleTypeIt) { EXPECT_EQ(tidy_crockford("oIl-7k q"), "0117KQ"); }

}  // namespace
}  // namespace bangwu::base
