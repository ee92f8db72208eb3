#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::envelope {

/// Must succeed once before any other call of this room; false means the machine has no working random numbers.
[[nodiscard]] bool initialise_cryptography();

using VerifyKey = std::array<std::uint8_t, 32>;   ///< Ed25519 public key (RFC 8032)
using SealingKey = std::array<std::uint8_t, 32>;  ///< X25519 public key of the central service (libsodium sealed box)

/// Secret bytes in guarded memory: locked, left out of core dumps, zeroed at the end of their life.
class Secret {
 public:
  Secret();
  explicit Secret(std::size_t size);
  Secret(Secret&&) noexcept;
  Secret& operator=(Secret&&) noexcept;
  ~Secret();
  [[nodiscard]] std::span<std::uint8_t> bytes();
  [[nodiscard]] std::span<const std::uint8_t> bytes() const;

 private:
  std::uint8_t* memory_ = nullptr;
  std::size_t size_ = 0;
};

/// An Ed25519 key pair: a kiosk's device key, or the central service's receipt key.
class SigningKey {
 public:
  [[nodiscard]] static SigningKey make();
  /// The file holds the 32-byte seed; it must be a regular file with mode 0600.
  [[nodiscard]] static base::Result<SigningKey> load(const std::filesystem::path& path);
  /// Durable, mode 0600; fails if the file exists.
  [[nodiscard]] base::Result<void> save(const std::filesystem::path& path) const;
  [[nodiscard]] VerifyKey public_key() const;
  [[nodiscard]] base::Bytes sign(std::string_view message) const;  ///< 64 bytes

 private:
  explicit SigningKey(Secret seed);
  Secret seed_, secret_;
};
[[nodiscard]] bool verify(std::string_view message, std::span<const std::uint8_t> signature, const VerifyKey& key);

/// The central service's key pair that visits' content keys are sealed to.
class UnsealingKey {
 public:
  [[nodiscard]] static UnsealingKey make();
  [[nodiscard]] static base::Result<UnsealingKey> load(const std::filesystem::path& path);
  [[nodiscard]] base::Result<void> save(const std::filesystem::path& path) const;
  [[nodiscard]] SealingKey public_key() const;
  [[nodiscard]] std::span<const std::uint8_t> secret() const { return secret_.bytes(); }

 private:
  explicit UnsealingKey(Secret secret);
  Secret secret_;
};

/// The random key of one visit, in guarded memory only. Sealing it to the central service is the only way it leaves;
/// destroying it is the wipe: what was written under it can never be read again.
class ContentKey {
 public:
  [[nodiscard]] static ContentKey make();
  /// Opens a sealed key; `corrupt` if it was sealed to another key or changed.
  [[nodiscard]] static base::Result<ContentKey> unseal(std::span<const std::uint8_t> sealed, const UnsealingKey& key);
  [[nodiscard]] base::Bytes seal_to(const SealingKey& central) const;
  /// libsodium secretstream (XChaCha20-Poly1305) in chunks of 64 KiB, header first, last chunk tagged final: truncated,
  /// reordered or changed ciphertext does not open. Any size. Thread-safe.
  [[nodiscard]] base::Bytes encrypt(std::span<const std::uint8_t> plain) const;
  [[nodiscard]] base::Result<base::Bytes> decrypt(std::span<const std::uint8_t> sealed) const;

 private:
  explicit ContentKey(Secret key);
  Secret key_;
};

[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<base::Bytes> from_base64(std::string_view text);
/// "a1b2 c3d4 …": the first 16 bytes of a public key's SHA-256, to be compared by people.
[[nodiscard]] std::string fingerprint(std::span<const std::uint8_t, 32> key);
/// Public keys as 64 hex digits, for configuration and enrolment.
[[nodiscard]] std::string key_to_hex(std::span<const std::uint8_t, 32> key);
[[nodiscard]] base::Result<std::array<std::uint8_t, 32>> key_from_hex(std::string_view text);

}  // namespace bangwu::envelope
