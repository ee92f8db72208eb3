#include <sodium.h>

#include <array>
#include <cstdlib>

#include "envelope/keys.h"

namespace bangwu::envelope {
using base::ErrorCode;
using base::fail;

namespace {

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace

std::string to_base64(std::span<const std::uint8_t> bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its terminator
  return text;
}

base::Result<base::Bytes> from_base64(std::string_view text) {
  if (text.empty()) return base::Bytes{};  // no memory has no address, and libsodium wants one
  base::Bytes bytes(text.size() / 4 * 3);
  std::size_t size = 0;
  if (text.size() % 4 != 0 || sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                                                nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return fail(ErrorCode::invalid_input, "not base64 (RFC 4648, with padding)");
  }
  bytes.resize(size);
  return bytes;
}

std::string fingerprint(std::span<const std::uint8_t, 32> key) {
  const std::string hash = sha256_hex(key).substr(0, 32);
  std::string grouped;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    if (i != 0 && i % 4 == 0) grouped += ' ';
    grouped += hash[i];
  }
  return grouped;
}

std::string key_to_hex(std::span<const std::uint8_t, 32> key) { return to_hex(key); }

base::Result<std::array<std::uint8_t, 32>> key_from_hex(std::string_view text) {
  std::array<std::uint8_t, 32> key{};
  std::size_t size = 0;
  if (text.size() != 64 ||
      sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, &size, nullptr) != 0 || size != 32) {
    return fail(ErrorCode::invalid_input, "a key is 64 hex digits");
  }
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
