#include "http/tus_headers.h"

#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "base/text.h"

namespace bangwu::http {
namespace {

using base::ErrorCode;
using base::fail;

std::string_view trimmed(std::string_view text) { return base::trimmed(text, " "); }

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

base::Result<std::string> sha256_in_metadata(std::string_view header) {
  std::string_view rest = header;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view pair = trimmed(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    const std::size_t space = pair.find(' ');
    if (pair.substr(0, space) != "sha256") continue;
    const auto value = base::from_base64(space == std::string_view::npos ? "" : trimmed(pair.substr(space + 1)));
    const std::string digest = value ? std::string(value->begin(), value->end()) : "";
    if (!base::is_lower_hex(digest, 64))
      return fail(ErrorCode::invalid_input, "Upload-Metadata sha256 must be 64 lower-case hex digits in base64");
    return digest;
  }
  return std::string{};
}

base::Result<uploads::Checksum> parse_checksum(std::string_view header) {
  const std::size_t space = header.find(' ');
  const std::string_view name = header.substr(0, space);
  const bool is_sha1 = name == "sha1";
  if (!is_sha1 && name != "sha256") return fail(ErrorCode::unsupported, "Upload-Checksum knows sha1 and sha256");
  const auto digest = base::from_base64(space == std::string_view::npos ? "" : trimmed(header.substr(space + 1)));
  if (!digest || digest->size() != (is_sha1 ? 20U : 32U)) {
    return fail(ErrorCode::invalid_input, "Upload-Checksum has no digest of its algorithm's length in base64");
  }
  return uploads::Checksum{is_sha1 ? uploads::ChecksumKind::sha1 : uploads::ChecksumKind::sha256,
                           base::to_hex(*digest)};
}

}  // namespace bangwu::http
