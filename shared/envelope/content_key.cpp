#include "envelope/content_key.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "domain/lookup_secret.h"

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

constexpr std::string_view kDomain = "bangwu-sealed-key-v2";
constexpr std::uint8_t kFormat2 = 2;
constexpr std::size_t kEphemeral = 1, kCiphertext = kEphemeral + crypto_box_PUBLICKEYBYTES;
constexpr std::size_t kCipherKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kCipherNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kSealedKeySize1 == kKey + crypto_box_SEALBYTES);
static_assert(kSealedKeySize2 == kCiphertext + kKey + crypto_aead_xchacha20poly1305_ietf_ABYTES);

base::Bytes associated_data(const SealedFor& whose) {
  base::Bytes data(kDomain.begin(), kDomain.end());
  data.push_back(static_cast<std::uint8_t>(whose.kiosk.size()));
  data.insert(data.end(), whose.kiosk.begin(), whose.kiosk.end());
  data.insert(data.end(), whose.envelope.bytes.begin(), whose.envelope.bytes.end());
  return data;
}

/// Key and nonce of the cipher; nothing if one of the keys is of small order. `ours` is a secret half, `theirs` the
/// other's public half.
std::optional<Secret> cipher_key(std::span<const std::uint8_t> ours, std::span<const std::uint8_t> theirs,
                                 std::span<const std::uint8_t> ephemeral, std::span<const std::uint8_t> central) {
  Secret shared(crypto_scalarmult_BYTES);
  if (crypto_scalarmult(shared.bytes().data(), ours.data(), theirs.data()) != 0) return std::nullopt;
  Secret derived(kCipherKey + kCipherNonce);
  crypto_generichash_state state;
  crypto_generichash_init(&state, base::bytes_of(kDomain).data(), kDomain.size(), derived.bytes().size());
  for (const auto part : {std::span<const std::uint8_t>(shared.bytes()), ephemeral, central}) {
    crypto_generichash_update(&state, part.data(), part.size());
  }
  crypto_generichash_final(&state, derived.bytes().data(), derived.bytes().size());
  sodium_memzero(&state, sizeof state);
  return derived;
}

bool open_format_1(std::span<const std::uint8_t> sealed, const UnsealingKey& key, Secret& content) {
  return crypto_box_seal_open(content.bytes().data(), sealed.data(), sealed.size(), public_half(key.secret()).data(),
                              key.secret().data()) == 0;
}

bool open_format_2(std::span<const std::uint8_t> sealed, const UnsealingKey& key, const SealedFor& whose,
                   Secret& content) {
  const auto ephemeral = sealed.subspan(kEphemeral, crypto_box_PUBLICKEYBYTES);
  const auto ciphertext = sealed.subspan(kCiphertext);
  const auto derived = cipher_key(key.secret(), ephemeral, ephemeral, public_half(key.secret()));
  if (!derived) return false;
  const base::Bytes data = associated_data(whose);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(
             content.bytes().data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), data.data(), data.size(),
             derived->bytes().subspan(kCipherKey).data(), derived->bytes().data()) == 0;
}

}  // namespace

ContentKey::ContentKey(Secret key) : key_(std::move(key)) {}

ContentKey ContentKey::make() {
  Secret key(kKey);
  crypto_secretstream_xchacha20poly1305_keygen(key.bytes().data());
  return ContentKey(std::move(key));
}

base::Result<base::Bytes> ContentKey::seal_to(const SealingKey& central, const SealedFor& whose) const {
  if (whose.kiosk.size() > UINT8_MAX) return fail(ErrorCode::invalid_input, "the kiosk's id is too long to seal for");
  Secret secret(crypto_box_SECRETKEYBYTES);
  randombytes_buf(secret.bytes().data(), secret.bytes().size());
  const base::Bytes ephemeral = public_half(secret.bytes());
  const auto derived = cipher_key(secret.bytes(), central, ephemeral, central);
  if (!derived) return fail(ErrorCode::invalid_input, "the central service's sealing key is no X25519 key");
  base::Bytes sealed(kSealedKeySize2);
  sealed[0] = kFormat2;
  std::copy(ephemeral.begin(), ephemeral.end(), sealed.begin() + kEphemeral);
  const base::Bytes data = associated_data(whose);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kCiphertext, nullptr, key_.bytes().data(), kKey,
                                             data.data(), data.size(), nullptr,
                                             derived->bytes().subspan(kCipherKey).data(), derived->bytes().data());
  return sealed;
}

base::Result<ContentKey> ContentKey::unseal(std::span<const std::uint8_t> sealed, const UnsealingKey& key,
                                            const SealedFor& whose) {
  Secret content(kKey);
  const bool opened =
      (sealed.size() == kSealedKeySize1 && open_format_1(sealed, key, content)) ||
      (sealed.size() == kSealedKeySize2 && sealed[0] == kFormat2 && open_format_2(sealed, key, whose, content));
  if (!opened)
    return fail(ErrorCode::corrupt, "the content key was sealed to another key or for another envelope, or changed");
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

std::string ContentKey::lookup_secret(const base::Uuid& envelope) const {
  constexpr std::string_view kLookup = "bangwu-lookup-secret-v1";
  std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, key_.bytes().data(), kKey, hash.size());
  crypto_generichash_update(&state, base::bytes_of(kLookup).data(), kLookup.size());
  crypto_generichash_update(&state, envelope.bytes.data(), envelope.bytes.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  sodium_memzero(&state, sizeof state);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) bits |= static_cast<std::uint64_t>(hash[i]) << (8 * i);
  return domain::lookup_secret_of(bits);
}

}  // namespace bangwu::envelope
