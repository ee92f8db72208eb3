#include "http/tus_headers.h"

#include <gtest/gtest.h>

#include "envelope/keys.h"
#include "http/message.h"

namespace bangwu::http {
namespace {

std::string base64(std::string_view text) {
  return envelope::to_base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(TusHeaders, NumbersAreDigitsOnly) {
  EXPECT_EQ(parse_number("0"), 0U);
  EXPECT_EQ(parse_number("18446744073709551615"), UINT64_MAX);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "18446744073709551616"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(TusHeaders, HashIsFoundAmongOtherMetadata) {
  const std::string digest(64, 'a');
  EXPECT_EQ(sha256_in_metadata("sha256 " + base64(digest)).value(), digest);
  EXPECT_EQ(sha256_in_metadata("filename YS50eHQ=, sha256 " + base64(digest) + ",is_private").value(), digest);
  EXPECT_EQ(sha256_in_metadata("").value(), "");
  EXPECT_EQ(sha256_in_metadata("filename YS50eHQ=,,").value(), "");
  for (const std::string& value : {std::string("sha256"), std::string("sha256 !"), "sha256 " + base64("abc"),
                                   "sha256 " + base64(std::string(64, 'A'))}) {
    EXPECT_FALSE(sha256_in_metadata(value)) << value;
  }
}

TEST(TusHeaders, ChecksumsOfKnownAlgorithmsAreRead) {
  EXPECT_EQ(parse_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")->digest, "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed");
  EXPECT_EQ(parse_checksum("md5 AAAA").error().code, base::ErrorCode::unsupported);
  for (const char* text : {"", "sha1", "sha1 AAAA", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0="})
    EXPECT_FALSE(parse_checksum(text)) << text;
}

TEST(Message, DateIsWrittenAsHttpWantsIt) {
  EXPECT_EQ(http_date(base::SystemTime(std::chrono::seconds(784111777))), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Message, ProblemThatPassesSaysWhenToComeBack) {
  const Reply reply = to_reply({503, "busy", "后来", {}, {}});
  EXPECT_EQ(reply.content_type, "application/problem+json");
  EXPECT_EQ(reply.body,
            R"({"detail":"后来","status":503,"title":"Not available now","type":"urn:bangwu:problem:busy"})");
  ASSERT_EQ(reply.headers.size(), 1U);
  EXPECT_EQ(reply.headers[0].first, "Retry-After");
}

}  // namespace
}  // namespace bangwu::http
