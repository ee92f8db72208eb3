#include <sodium.h>

#include <algorithm>

#include "envelope/keys.h"

namespace bangwu::envelope {
using base::ErrorCode;
using base::fail;

namespace {

constexpr std::size_t kChunk = 64U << 10;
constexpr std::size_t kHeader = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t kOverhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kKey = crypto_secretstream_xchacha20poly1305_KEYBYTES;

/// The state of one stream holds keys: it is wiped when the stream ends.
struct Stream {
  crypto_secretstream_xchacha20poly1305_state state;
  Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { sodium_memzero(&state, sizeof state); }
};

base::Bytes public_half(std::span<const std::uint8_t> secret) {
  base::Bytes key(crypto_box_PUBLICKEYBYTES);
  crypto_scalarmult_base(key.data(), secret.data());
  return key;
}

}  // namespace

ContentKey::ContentKey(Secret key) : key_(std::move(key)) {}

ContentKey ContentKey::make() {
  Secret key(kKey);
  crypto_secretstream_xchacha20poly1305_keygen(key.bytes().data());
  return ContentKey(std::move(key));
}

base::Bytes ContentKey::seal_to(const SealingKey& central) const {
  base::Bytes sealed(kKey + crypto_box_SEALBYTES);
  // A public key of small order gives no shared secret; nothing is then sealed, and nothing leaves.
  if (crypto_box_seal(sealed.data(), key_.bytes().data(), kKey, central.data()) != 0) return {};
  return sealed;
}

base::Result<ContentKey> ContentKey::unseal(std::span<const std::uint8_t> sealed, const UnsealingKey& key) {
  Secret content(kKey);
  if (sealed.size() != kKey + crypto_box_SEALBYTES ||
      crypto_box_seal_open(content.bytes().data(), sealed.data(), sealed.size(), public_half(key.secret()).data(),
                           key.secret().data()) != 0) {
    return fail(ErrorCode::corrupt, "the content key was sealed to another key, or changed");
  }
  return ContentKey(std::move(content));
}

base::Bytes ContentKey::encrypt(std::span<const std::uint8_t> plain) const {
  const std::size_t chunks = std::max<std::size_t>(1, (plain.size() + kChunk - 1) / kChunk);
  base::Bytes sealed(kHeader + plain.size() + chunks * kOverhead);
  Stream stream;
  crypto_secretstream_xchacha20poly1305_init_push(&stream.state, sealed.data(), key_.bytes().data());
  std::uint8_t* out = sealed.data() + kHeader;
  for (std::size_t i = 0; i < chunks; ++i) {
    const auto chunk = plain.subspan(i * kChunk, std::min(kChunk, plain.size() - i * kChunk));
    const std::uint8_t tag = i + 1 == chunks ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                             : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&stream.state, out, nullptr, chunk.data(), chunk.size(), nullptr, 0,
                                               tag);
    out += chunk.size() + kOverhead;
  }
  return sealed;
}

base::Result<base::Bytes> ContentKey::decrypt(std::span<const std::uint8_t> sealed) const {
  const auto changed = [] { return fail(ErrorCode::corrupt, "sealed under another key, cut off, or changed"); };
  Stream stream;
  if (sealed.size() < kHeader + kOverhead ||
      crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, sealed.data(), key_.bytes().data()) != 0) {
    return changed();
  }
  sealed = sealed.subspan(kHeader);
  const std::size_t chunks = (sealed.size() + kChunk + kOverhead - 1) / (kChunk + kOverhead);
  if (sealed.size() < chunks * kOverhead) return changed();
  base::Bytes plain(sealed.size() - chunks * kOverhead);
  std::uint8_t* out = plain.data();
  for (std::size_t i = 0; i < chunks; ++i) {
    const auto chunk = sealed.first(std::min(kChunk + kOverhead, sealed.size()));
    if (chunk.size() < kOverhead) return changed();
    std::uint8_t tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&stream.state, out, nullptr, &tag, chunk.data(), chunk.size(),
                                                   nullptr, 0) != 0 ||
        (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != (i + 1 == chunks)) {
      sodium_memzero(plain.data(), plain.size());
      return changed();
    }
    out += chunk.size() - kOverhead;
    sealed = sealed.subspan(chunk.size());
  }
  return plain;
}

}  // namespace bangwu::envelope
