#include "http_client/verified_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "blobs/hasher.h"

namespace bangwu::http_client {
namespace {

/// Only `not_found` and `io_failed`: `unauthorised` is kept for certificates.
base::Error reading_error(std::string_view doing, const std::filesystem::path& path) {
  base::Error error = base::error_from_errno(errno, doing, path);
  if (error.code != base::ErrorCode::not_found) error.code = base::ErrorCode::io_failed;
  return error;
}

}  // namespace

struct VerifiedFile::State {
  base::FileHandle file;
  std::filesystem::path path;
  blobs::BlobRef blob;
  std::uint64_t offset = 0;  ///< where the transfer began
  std::uint64_t next = 0;    ///< the next byte to hand over
  std::uint64_t hashed = 0;  ///< bytes in the hasher
  blobs::Hasher hasher;

  void add(std::span<const char> bytes) {
    hasher.add(base::bytes_of({bytes.data(), bytes.size()}));
    hashed += bytes.size();
  }

  [[nodiscard]] base::Result<std::size_t> read_at(std::uint64_t position, std::span<char> buffer) const {
    while (true) {
      const ssize_t got = ::pread(file.get(), buffer.data(), buffer.size(), static_cast<off_t>(position));
      if (got > 0) return static_cast<std::size_t>(got);
      if (got == 0) return base::fail(base::ErrorCode::corrupt, path.string() + " became shorter");
      if (errno != EINTR) return tl::unexpected(reading_error("read", path));
    }
  }

  /// Brings the hasher to `next`, for a transfer that resumes in the middle or goes back.
  [[nodiscard]] base::Result<void> catch_up() {
    if (hashed > next) {
      hasher = blobs::Hasher{};
      hashed = 0;
    }
    std::vector<char> buffer(std::min<std::uint64_t>(next - hashed, 1U << 20));
    while (hashed < next) {
      const auto got = read_at(hashed, std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), next - hashed)));
      if (!got) return tl::unexpected(got.error());
      add(std::span(buffer).first(*got));
    }
    return {};
  }
};

VerifiedFile::VerifiedFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
VerifiedFile::VerifiedFile(VerifiedFile&&) noexcept = default;
VerifiedFile& VerifiedFile::operator=(VerifiedFile&&) noexcept = default;
VerifiedFile::~VerifiedFile() = default;

base::Result<VerifiedFile> VerifiedFile::open(const std::filesystem::path& path, const blobs::BlobRef& blob,
                                              std::uint64_t offset) {
  auto state = std::make_unique<State>();
  state->file = base::FileHandle{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!state->file.is_open()) return tl::unexpected(reading_error("open", path));
  struct stat status {};
  if (::fstat(state->file.get(), &status) != 0) return tl::unexpected(reading_error("stat", path));
  if (static_cast<std::uint64_t>(status.st_size) != blob.size || offset > blob.size) {
    return base::fail(base::ErrorCode::corrupt, path.string() + " has not the size it was stored with");
  }
  ::posix_fadvise(state->file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  state->path = path;
  state->blob = blob;
  state->offset = state->next = offset;
  return VerifiedFile{std::move(state)};
}

base::Result<std::size_t> VerifiedFile::read(std::span<char> buffer) {
  State& state = *state_;
  const auto want = std::min<std::uint64_t>(buffer.size(), state.blob.size - state.next);
  if (want == 0) return std::size_t{0};
  if (auto ready = state.catch_up(); !ready) return tl::unexpected(ready.error());
  const auto got = state.read_at(state.next, buffer.first(want));
  if (!got) return got;
  state.add(buffer.first(*got));
  state.next += *got;
  if (state.next == state.blob.size) {
    const bool is_right = state.hasher.finish() == state.blob.sha256;
    state.hashed = state.blob.size + 1;  // a finished hasher takes no more: going back starts another
    if (!is_right)
      return base::fail(base::ErrorCode::corrupt, state.path.string() + " is damaged: its SHA-256 is wrong");
  }
  return got;
}

base::Result<void> VerifiedFile::seek(std::uint64_t distance) {
  if (distance > length()) return base::fail(base::ErrorCode::invalid_input, "seek past the end");
  state_->next = state_->offset + distance;
  return {};
}

std::uint64_t VerifiedFile::length() const { return state_->blob.size - state_->offset; }

}  // namespace bangwu::http_client
