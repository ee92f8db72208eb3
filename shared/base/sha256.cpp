#include "base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

#include "base/encoding.h"
#include "base/text.h"

namespace bangwu::base {

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
  std::array<std::uint8_t, 32> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) std::abort();
  return to_hex(digest);
}

std::string sha256_hex(std::string_view text) { return sha256_hex(bytes_of(text)); }

}  // namespace bangwu::base
