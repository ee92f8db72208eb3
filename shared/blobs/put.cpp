#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "blobs/blob_store.h"
#include "blobs/fresh.h"
#include "blobs/hasher.h"

namespace bangwu::blobs {
namespace fs = std::filesystem;
using base::Result;

namespace {

std::string random_name() {
  std::uint64_t bits[2] = {};
  if (getrandom(bits, sizeof bits, 0) != sizeof bits) std::abort();  // never short for 16 bytes
  return std::to_string(bits[0]) + "-" + std::to_string(bits[1]);
}

tl::unexpected<base::Error> from_errno(std::string_view doing, const fs::path& path) {
  return tl::unexpected(base::error_from_errno(errno, doing, path));
}

/// A file under a name of its own, which is gone at the end of its life unless it got another name.
struct Temporary {
  explicit Temporary(const fs::path& folder)
      : path(folder / random_name()), handle(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  ~Temporary() { ::unlink(path.c_str()); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const fs::path path;
  const base::FileHandle handle;
};

}  // namespace

Result<BlobRef> BlobStore::put(std::span<const std::uint8_t> bytes) const {
  const fs::path folder = incoming_folder();
  // Shared while a file of ours lies there, so that sweep() leaves it alone.
  const base::FileHandle lock{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!lock.is_open()) return from_errno("open", folder);
  if (::flock(lock.get(), LOCK_SH) != 0) return from_errno("lock", folder);
  const Temporary file(folder);
  if (!file.handle.is_open()) return from_errno("create", file.path);
  if (auto written = base::write_all(file.handle.get(), bytes, file.path); !written)
    return tl::unexpected(std::move(written).error());
  // Only a start: the disk works while the bytes are hashed, fsync waits for it.
  ::sync_file_range(file.handle.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  Hasher hasher;
  hasher.add(bytes);
  const BlobRef blob{hasher.finish(), bytes.size()};
  if (::fsync(file.handle.get()) != 0) return from_errno("fsync", file.path);
  const auto moved = move_in(file.path, blob);
  if (!moved) return tl::unexpected(moved.error());
  if (*moved) {
    if (auto settled = settle(file.handle, blob); !settled) return tl::unexpected(std::move(settled).error());
  } else if (auto synced = base::sync_directory(path_of(blob.sha256).parent_path()); !synced) {
    return tl::unexpected(std::move(synced).error());
  }
  return blob;
}

}  // namespace bangwu::blobs
