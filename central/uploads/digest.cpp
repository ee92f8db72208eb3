#include "uploads/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

#include "base/encoding.h"

namespace bangwu::uploads {

struct Digest::Context {
  Context() = default;
  ~Context() { EVP_MD_CTX_free(evp); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
};

Digest::Digest(ChecksumKind kind) : context_(std::make_unique<Context>()) {
  const EVP_MD* type = kind == ChecksumKind::sha1 ? EVP_sha1() : EVP_sha256();
  // Fails only without memory.
  if (context_->evp == nullptr || EVP_DigestInit_ex(context_->evp, type, nullptr) != 1) std::abort();
}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::span<const std::uint8_t> bytes) {
  if (EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) != 1) std::abort();
}

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned size = 0;
  if (EVP_DigestFinal_ex(context_->evp, value.data(), &size) != 1) std::abort();
  return base::to_hex({value.data(), size});
}

}  // namespace bangwu::uploads
