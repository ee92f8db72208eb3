#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <utility>

#include "blobs/blob_store.h"
#include "blobs/fresh.h"
#include "blobs/hasher.h"

namespace bangwu::blobs {
namespace fs = std::filesystem;
using base::Result;

struct Incoming::File {
  base::FileHandle handle;
  fs::path path;
  BlobRef blob;
};

namespace {

std::string random_name() {
  std::uint64_t bits[2] = {};
  if (getrandom(bits, sizeof bits, 0) != sizeof bits) std::abort();  // never short for 16 bytes
  return std::to_string(bits[0]) + "-" + std::to_string(bits[1]);
}

tl::unexpected<base::Error> from_errno(std::string_view doing, const fs::path& path) {
  return tl::unexpected(base::error_from_errno(errno, doing, path));
}

}  // namespace

Incoming::Incoming(BlobStore store) : store_(std::move(store)) {}
Incoming::Incoming(Incoming&&) noexcept = default;
Incoming& Incoming::operator=(Incoming&& other) noexcept {
  if (this == &other) return *this;
  discard();
  store_ = std::move(other.store_);
  lock_ = std::move(other.lock_);
  files_ = std::move(other.files_);
  return *this;
}
Incoming::~Incoming() { discard(); }

void Incoming::discard() {
  for (const auto& file : files_) ::unlink(file.path.c_str());
  files_.clear();
}

Result<BlobRef> Incoming::add(std::span<const std::uint8_t> bytes) {
  const fs::path folder = store_.directory_ / "incoming";
  if (!lock_.is_open()) {
    lock_ = base::FileHandle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!lock_.is_open()) return from_errno("open", folder);
    if (::flock(lock_.get(), LOCK_SH) != 0) return from_errno("lock", folder);
  }
  File file;
  file.path = folder / random_name();
  file.handle = base::FileHandle{::open(file.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!file.handle.is_open()) return from_errno("create", file.path);
  files_.push_back(std::move(file));
  File& added = files_.back();
  if (auto written = base::write_all(added.handle.get(), bytes, added.path); !written) {
    return tl::unexpected(std::move(written).error());
  }
  // Only a start: the wait is in finish(), while the next blob is sealed and hashed the disk works already.
  ::sync_file_range(added.handle.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  Hasher hasher;
  hasher.add(bytes);
  added.blob = {hasher.finish(), bytes.size()};
  return added.blob;
}

Result<std::vector<BlobRef>> Incoming::finish() {
  for (const auto& file : files_) {
    if (::fsync(file.handle.get()) != 0) return from_errno("fsync", file.path);
  }
  std::vector<BlobRef> blobs;
  std::set<fs::path> folders;
  for (const auto& file : files_) {
    auto moved = store_.move_in(file.path, file.blob);
    if (!moved) return tl::unexpected(std::move(moved).error());
    struct stat status {};
    if (*moved && ::fstat(file.handle.get(), &status) == 0) {
      store_.fresh_->remember(file.blob.sha256, BlobStore::Fresh::stamp_of(status));
    }
    blobs.push_back(file.blob);
    folders.insert(store_.path_of(file.blob.sha256).parent_path());
  }
  for (const auto& folder : folders) {
    if (auto synced = base::sync_directory(folder); !synced) return tl::unexpected(std::move(synced).error());
  }
  discard();  // what was there already has left a file under incoming/
  lock_ = {};
  return blobs;
}

}  // namespace bangwu::blobs
