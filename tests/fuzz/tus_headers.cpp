// The headers of tus 1.0.0 that carry what a client claims: length, metadata, checksum.
#include "http/tus_headers.h"

#include <algorithm>

#include "fuzz/target.h"

using namespace bangwu;

namespace {

bool is_hex(const std::string& text, std::size_t length) {
  return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view header = fuzz::text_of({data, size});
  if (const auto number = http::parse_number(header)) {
    const std::size_t first = header.find_first_not_of('0');
    const std::string_view digits = first == std::string_view::npos ? "0" : header.substr(first);
    fuzz::expect(digits == std::to_string(*number), "a number is what its digits say");
  }
  const auto digest = http::sha256_in_metadata(header);
  fuzz::expect(!digest || digest->empty() || is_hex(*digest, 64), "a digest has 64 hex digits");
  const auto checksum = http::parse_checksum(header);
  fuzz::expect(!checksum || is_hex(checksum->digest, checksum->kind == uploads::ChecksumKind::sha1 ? 40 : 64),
               "a checksum has its algorithm's length");
  return 0;
}
