#include "cases/lookup_secret.h"

#include <cstdint>

namespace bangwu::cases {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 6;

}  // namespace

std::string lookup_secret(const envelope::SigningKey& receipt_key, std::string_view submission_id) {
  const base::Bytes signature = receipt_key.sign("bangwu lookup secret " + std::string(submission_id));
  const std::string hash = envelope::sha256_hex(signature);
  std::uint64_t bits = std::stoull(hash.substr(0, 10), nullptr, 16);  // forty, of which thirty are used
  std::string secret;
  for (std::size_t i = 0; i < kLength; ++i, bits >>= 5U) secret += kCrockford[bits & 31U];
  return secret;
}

std::string tidy_secret(std::string_view typed) {
  std::string secret;
  for (const char c : typed) {
    const char capital = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (capital == ' ' || capital == '-') continue;
    secret += capital == 'O' ? '0' : capital == 'I' || capital == 'L' ? '1' : capital;
  }
  return secret;
}

}  // namespace bangwu::cases
