#include "cases/lookup_secret.h"

#include <cstdint>

#include "base/crockford.h"

namespace bangwu::cases {
namespace {

constexpr std::size_t kLength = 6;

}  // namespace

std::string lookup_secret(const envelope::SigningKey& receipt_key, std::string_view submission_id) {
  const base::Bytes signature = receipt_key.sign("bangwu lookup secret " + std::string(submission_id));
  const std::string hash = envelope::sha256_hex(signature);
  std::uint64_t bits = std::stoull(hash.substr(0, 10), nullptr, 16);  // forty, of which thirty are used
  std::string secret;
  for (std::size_t i = 0; i < kLength; ++i, bits >>= 5U) secret += base::kCrockford[bits & 31U];
  return secret;
}

std::string tidy_secret(std::string_view typed) { return base::tidy_crockford(typed); }

}  // namespace bangwu::cases
