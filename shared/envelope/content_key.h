#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/file.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/keys.h"

namespace bangwu::envelope {

/// The one envelope a sealed key opens for: nobody can put it into an envelope of their own.
struct SealedFor {
  std::string kiosk;
  base::Uuid envelope;
};

/// The random key of one visit, in guarded memory only. Sealing it to the central service is the only way it leaves;
/// destroying it is the wipe: what was written under it can never be read again.
///
/// A sealed key of format 2, 81 bytes (offset, length):
///    0   1  the format, 2
///    1  32  E, the public half of an X25519 pair (RFC 7748) made for this one key
///   33  48  the content key's 32 bytes under XChaCha20-Poly1305, 16 bytes of tag behind them
/// With C the central service's public key, e the secret half of E, and D the 20 ASCII bytes "bangwu-sealed-key-v2":
/// BLAKE2b of 56 bytes, keyed with D, over X25519(e, C) ‖ E ‖ C gives the cipher's key (32) and nonce (24); associated
/// data are D ‖ length of the kiosk's id (1) ‖ the kiosk's id ‖ the envelope's id (16).
/// Format 1, 80 bytes, is libsodium's sealed box of the content key; it is bound to nothing, and only read.
class ContentKey {
 public:
  [[nodiscard]] static ContentKey make();
  /// Opens a sealed key of either format; `corrupt` if it was sealed to another key or for another envelope, or
  /// changed.
  [[nodiscard]] static base::Result<ContentKey> unseal(std::span<const std::uint8_t> sealed, const UnsealingKey& key,
                                                       const SealedFor& whose);
  /// In format 2; `invalid_input` if `central` is no key that could be sealed to (of small order, all zero).
  [[nodiscard]] base::Result<base::Bytes> seal_to(const SealingKey& central, const SealedFor& whose) const;
  /// libsodium secretstream (XChaCha20-Poly1305) in chunks of 64 KiB, header first, last chunk tagged final: truncated,
  /// reordered or changed ciphertext does not open. Any size. Thread-safe.
  [[nodiscard]] base::Bytes encrypt(std::span<const std::uint8_t> plain) const;
  [[nodiscard]] base::Result<base::Bytes> decrypt(std::span<const std::uint8_t> sealed) const;
  /// What proves to the central service that a case is one's own (domain/lookup_secret.h): the lowest thirty bits of
  /// BLAKE2b, keyed with this key, over "bangwu-lookup-secret-v1" and the envelope's id (16). The machine knows it
  /// while it has the key, also without a network, and the service whenever it opens the envelope; it is kept nowhere,
  /// and it goes when the sealed key is destroyed. Tells nothing of the key.
  [[nodiscard]] std::string lookup_secret(const base::Uuid& envelope) const;

 private:
  explicit ContentKey(Secret key);
  Secret key_;
};
inline constexpr std::size_t kSealedKeySize1 = 80, kSealedKeySize2 = 81;

}  // namespace bangwu::envelope
