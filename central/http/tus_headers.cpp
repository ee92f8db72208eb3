#include "http/tus_headers.h"

#include <algorithm>
#include <charconv>

#include "envelope/keys.h"

namespace bangwu::http {
namespace {

using base::ErrorCode;
using base::fail;

std::string hex_of(const base::Bytes& bytes) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const auto byte : bytes) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

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
    const auto value = envelope::from_base64(space == std::string_view::npos ? "" : trimmed(pair.substr(space + 1)));
    const std::string digest = value ? std::string(value->begin(), value->end()) : "";
    if (!is_digest(digest))
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
  const auto digest = envelope::from_base64(space == std::string_view::npos ? "" : trimmed(header.substr(space + 1)));
  if (!digest || digest->size() != (is_sha1 ? 20U : 32U)) {
    return fail(ErrorCode::invalid_input, "Upload-Checksum has no digest of its algorithm's length in base64");
  }
  return uploads::Checksum{is_sha1 ? uploads::ChecksumKind::sha1 : uploads::ChecksumKind::sha256, hex_of(*digest)};
}

}  // namespace bangwu::http
