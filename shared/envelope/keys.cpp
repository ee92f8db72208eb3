#include "envelope/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace bangwu::envelope {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::fail;

bool initialise_cryptography() { return sodium_init() >= 0; }

Secret::Secret() = default;
Secret::Secret(std::size_t size) : memory_(static_cast<std::uint8_t*>(sodium_malloc(size))), size_(size) {
  if (memory_ == nullptr) std::abort();  // no memory for a key: nothing that follows would be safe
}
Secret::Secret(Secret&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)), size_(std::exchange(other.size_, 0)) {}
Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(size_, other.size_);
  return *this;
}
Secret::~Secret() { sodium_free(memory_); }
std::span<std::uint8_t> Secret::bytes() { return {memory_, size_}; }
std::span<const std::uint8_t> Secret::bytes() const { return {memory_, size_}; }

namespace {

constexpr std::size_t kSeed = crypto_sign_SEEDBYTES;
static_assert(kSeed == 32 && crypto_box_SECRETKEYBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32);

base::Result<Secret> load_secret(const fs::path& path) {
  const base::FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open key file", path));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return tl::unexpected(base::error_from_errno(errno, "stat", path));
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid_input, "key file " + path.string() + " is not a file");
  if ((status.st_mode & 07777U) != 0600) {
    return fail(ErrorCode::unauthorised, "key file " + path.string() + " can be read by others: chmod 600 it");
  }
  Secret secret(kSeed);
  if (status.st_size != static_cast<off_t>(kSeed) ||
      ::read(file.get(), secret.bytes().data(), kSeed) != static_cast<ssize_t>(kSeed)) {
    return fail(ErrorCode::corrupt, "key file " + path.string() + " must hold 32 bytes");
  }
  return secret;
}

base::Result<void> write_new(const fs::path& path, const Secret& secret) {
  const base::FileHandle file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "create", path));
  if (::fchmod(file.get(), 0600) != 0) return tl::unexpected(base::error_from_errno(errno, "chmod", path));
  if (auto written = base::write_all(file.get(), secret.bytes(), path); !written) return written;
  if (::fsync(file.get()) != 0) return tl::unexpected(base::error_from_errno(errno, "fsync", path));
  return {};
}

base::Result<void> save_secret(const fs::path& path, const Secret& secret) {
  // A name nobody else writes to: what two processes wrote under one name, one of them could find as its key.
  fs::path temporary = path;
  temporary += ".new-" + std::to_string(randombytes_random()) + std::to_string(randombytes_random());
  auto saved = write_new(temporary, secret);
  // link(2) refuses a name that is taken, so an existing key is never lost.
  if (saved && ::link(temporary.c_str(), path.c_str()) != 0) {
    saved = tl::unexpected(base::error_from_errno(errno, "create key file", path));
  }
  ::unlink(temporary.c_str());
  if (!saved) return saved;
  return base::sync_directory(path.has_parent_path() ? path.parent_path() : fs::path{"."});
}

Secret random_secret() {
  Secret secret(kSeed);
  randombytes_buf(secret.bytes().data(), kSeed);
  return secret;
}

}  // namespace

SigningKey::SigningKey(Secret seed) : seed_(std::move(seed)), secret_(crypto_sign_SECRETKEYBYTES) {
  VerifyKey ignored{};
  crypto_sign_seed_keypair(ignored.data(), secret_.bytes().data(), seed_.bytes().data());
}
SigningKey SigningKey::make() { return SigningKey(random_secret()); }
base::Result<SigningKey> SigningKey::load(const fs::path& path) {
  auto seed = load_secret(path);
  if (!seed) return tl::unexpected(std::move(seed).error());
  return SigningKey(std::move(*seed));
}
base::Result<void> SigningKey::save(const fs::path& path) const { return save_secret(path, seed_); }
VerifyKey SigningKey::public_key() const {
  VerifyKey key{};
  crypto_sign_ed25519_sk_to_pk(key.data(), secret_.bytes().data());
  return key;
}
base::Bytes SigningKey::sign(std::string_view message) const {
  base::Bytes signature(crypto_sign_BYTES);
  crypto_sign_detached(signature.data(), nullptr, base::bytes_of(message).data(), message.size(),
                       secret_.bytes().data());
  return signature;
}
bool verify(std::string_view message, std::span<const std::uint8_t> signature, const VerifyKey& key) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), base::bytes_of(message).data(), message.size(), key.data()) == 0;
}

UnsealingKey::UnsealingKey(Secret secret) : secret_(std::move(secret)) {}
UnsealingKey UnsealingKey::make() { return UnsealingKey(random_secret()); }
base::Result<UnsealingKey> UnsealingKey::load(const fs::path& path) {
  auto secret = load_secret(path);
  if (!secret) return tl::unexpected(std::move(secret).error());
  return UnsealingKey(std::move(*secret));
}
base::Result<void> UnsealingKey::save(const fs::path& path) const { return save_secret(path, secret_); }
SealingKey UnsealingKey::public_key() const {
  SealingKey key{};
  crypto_scalarmult_base(key.data(), secret_.bytes().data());
  return key;
}

SearchKey::SearchKey(Secret secret) : secret_(std::move(secret)) {}
SearchKey SearchKey::make() { return SearchKey(random_secret()); }
base::Result<SearchKey> SearchKey::load(const fs::path& path) {
  auto secret = load_secret(path);
  if (!secret) return tl::unexpected(std::move(secret).error());
  return SearchKey(std::move(*secret));
}
base::Result<void> SearchKey::save(const fs::path& path) const { return save_secret(path, secret_); }
std::string SearchKey::hash(std::string_view kind, std::string_view text) const {
  static_assert(crypto_auth_hmacsha256_KEYBYTES == kSeed && crypto_auth_hmacsha256_BYTES == 32);
  const std::string message = "bangwu-search-v1\n" + std::string(kind) + "\n" + std::string(text);
  std::array<std::uint8_t, 32> hash{};
  crypto_auth_hmacsha256(hash.data(), base::bytes_of(message).data(), message.size(), secret_.bytes().data());
  return key_to_hex(hash);
}

}  // namespace bangwu::envelope
