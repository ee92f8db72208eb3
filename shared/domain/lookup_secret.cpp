#include "domain/lookup_secret.h"

#include <algorithm>

#include "domain/crockford.h"
#include "domain/numbers.h"

namespace bangwu::domain {

std::string lookup_secret_of(std::uint64_t bits) {
  std::string secret;
  for (std::size_t i = 0; i < kLookupSecretLength; ++i, bits >>= 5U) secret += kCrockford[bits & 31U];
  return secret;
}

std::string tidy_lookup_secret(std::string_view typed) {
  std::string secret = tidy_number(typed);
  std::transform(secret.begin(), secret.end(), secret.begin(), as_crockford);
  return secret;
}

std::string group_lookup_secret(std::string_view secret) {
  if (secret.size() != kLookupSecretLength) return std::string(secret);
  constexpr std::size_t kGroup = kLookupSecretLength / 2;
  return std::string(secret.substr(0, kGroup)) + "-" + std::string(secret.substr(kGroup));
}

}  // namespace bangwu::domain
