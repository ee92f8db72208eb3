#include "base/encoding.h"

#include <sodium.h>

#include <array>

#include "envelope/keys.h"

namespace bangwu::envelope {
using base::ErrorCode;
using base::fail;

std::string fingerprint(std::span<const std::uint8_t, 32> key) {
  const std::string hash = sha256_hex(key).substr(0, 32);
  std::string grouped;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    if (i != 0 && i % 4 == 0) grouped += ' ';
    grouped += hash[i];
  }
  return grouped;
}

std::string key_to_hex(std::span<const std::uint8_t, 32> key) { return base::to_hex(key); }

base::Result<std::array<std::uint8_t, 32>> key_from_hex(std::string_view text) {
  std::array<std::uint8_t, 32> key{};
  if (!base::from_hex(text, key)) return fail(ErrorCode::invalid_input, "a key is 64 hex digits");
  return key;
}

base::Result<VerifyKey> verify_key_from_hex(std::string_view text) {
  auto key = key_from_hex(text);
  if (key && crypto_core_ed25519_is_valid_point(key->data()) != 1) {
    return fail(ErrorCode::invalid_input, "this is no public key: no signature could be proven by it");
  }
  return key;
}

base::Result<SealingKey> sealing_key_from_hex(std::string_view text) {
  auto key = key_from_hex(text);
  // Any secret will do: with a public key of small order there is no shared one.
  const std::array<std::uint8_t, crypto_scalarmult_SCALARBYTES> secret{1};
  std::array<std::uint8_t, crypto_scalarmult_BYTES> shared{};
  if (key && crypto_scalarmult(shared.data(), secret.data(), key->data()) != 0) {
    return fail(ErrorCode::invalid_input, "this is no public key: nothing could be sealed to it");
  }
  return key;
}

}  // namespace bangwu::envelope
