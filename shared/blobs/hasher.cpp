#include "blobs/hasher.h"

#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "base/encoding.h"

namespace bangwu::blobs {

struct Hasher::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> digest{EVP_MD_CTX_new()};
};

Hasher::Hasher() : context_(std::make_unique<Context>()) {
  // These calls fail only for want of memory or of the algorithm itself: nothing could be stored then.
  if (!context_->digest || EVP_DigestInit_ex(context_->digest.get(), EVP_sha256(), nullptr) != 1) std::abort();
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::add(std::span<const std::uint8_t> bytes) {
  if (EVP_DigestUpdate(context_->digest.get(), bytes.data(), bytes.size()) != 1) std::abort();
}

std::string Hasher::finish() {
  std::array<std::uint8_t, 32> digest{};
  if (EVP_DigestFinal_ex(context_->digest.get(), digest.data(), nullptr) != 1) std::abort();
  return base::to_hex(digest);
}

bool is_blob_name(std::string_view text) { return base::is_lower_hex(text, 64); }

base::Result<BlobRef> hash_file(const base::FileHandle& file, const std::filesystem::path& path) {
  Hasher hasher;
  base::Bytes buffer(256U << 10);
  BlobRef blob;
  for (;;) {
    const ssize_t got = ::pread(file.get(), buffer.data(), buffer.size(), static_cast<off_t>(blob.size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(base::error_from_errno(errno, "read", path));
    if (got == 0) break;
    hasher.add({buffer.data(), static_cast<std::size_t>(got)});
    blob.size += static_cast<std::uint64_t>(got);
  }
  blob.sha256 = hasher.finish();
  return blob;
}

}  // namespace bangwu::blobs
