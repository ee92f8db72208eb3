#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "base/file.h"
#include "base/result.h"
#include "base/sha256.h"

namespace bangwu::envelope {

/// Must succeed once before any other call of this room; false means the machine has no working random numbers.
[[nodiscard]] bool initialise_cryptography();

using VerifyKey = std::array<std::uint8_t, 32>;   ///< Ed25519 public key (RFC 8032)
using SealingKey = std::array<std::uint8_t, 32>;  ///< X25519 public key of the central service (RFC 7748)

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

/// What the central service's search hashes are made with: who has the database alone can neither read a number in it
/// nor try numbers against it.
class SearchKey {
 public:
  [[nodiscard]] static SearchKey make();
  [[nodiscard]] static base::Result<SearchKey> load(const std::filesystem::path& path);
  [[nodiscard]] base::Result<void> save(const std::filesystem::path& path) const;
  /// HMAC-SHA-256 (RFC 2104) of "bangwu-search-v1", a line feed, `kind`, a line feed and `text`: 64 hex digits.
  [[nodiscard]] std::string hash(std::string_view kind, std::string_view text) const;

 private:
  explicit SearchKey(Secret secret);
  Secret secret_;
};

using base::from_base64;
using base::sha256_hex;
using base::to_base64;
/// "a1b2 c3d4 …": the first 16 bytes of a public key's SHA-256, to be compared by people.
[[nodiscard]] std::string fingerprint(std::span<const std::uint8_t, 32> key);
/// Public keys as 64 hex digits, for configuration and enrolment.
[[nodiscard]] std::string key_to_hex(std::span<const std::uint8_t, 32> key);
[[nodiscard]] base::Result<std::array<std::uint8_t, 32>> key_from_hex(std::string_view text);
/// The same, and refused if it is a point of small order, as all zeros are: such a key would prove what anybody signs,
/// and what is sealed to it would be open to all.
[[nodiscard]] base::Result<VerifyKey> verify_key_from_hex(std::string_view text);
[[nodiscard]] base::Result<SealingKey> sealing_key_from_hex(std::string_view text);

}  // namespace bangwu::envelope
