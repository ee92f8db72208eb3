#include "base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

namespace bangwu::base {

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::array<std::uint8_t, 32> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) std::abort();
  std::string text;
  for (const auto byte : digest) text += {kHex[byte >> 4], kHex[byte & 15]};
  return text;
}

std::string sha256_hex(std::string_view text) {
  return sha256_hex(std::span{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace bangwu::base
