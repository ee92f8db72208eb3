#pragma once
#include "envelope/keys.h"
#include "fuzz/target.h"

namespace bangwu::fuzz {

/// The key that the corpus is sealed to: 32 bytes 0x42.
[[nodiscard]] inline const envelope::UnsealingKey& central_key() {
  static const envelope::UnsealingKey key = [] {
    expect(envelope::initialise_cryptography(), "there is cryptography");
    return envelope::UnsealingKey::load(file_with("central.key", std::string(32, '\x42'))).value();
  }();
  return key;
}

/// The key that the corpus is signed with: the seed is 32 bytes 0x43.
[[nodiscard]] inline const envelope::SigningKey& signing_key() {
  static const envelope::SigningKey key = [] {
    expect(envelope::initialise_cryptography(), "there is cryptography");
    return envelope::SigningKey::load(file_with("signing.key", std::string(32, '\x43'))).value();
  }();
  return key;
}

}  // namespace bangwu::fuzz
