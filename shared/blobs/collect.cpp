#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <unordered_set>

#include "blobs/blob_store.h"
#include "blobs/folders.h"
#include "blobs/hasher.h"

namespace bangwu::blobs {
namespace fs = std::filesystem;
using base::Result;

namespace {

/// Who refers to blobs waits for one batch at most.
constexpr std::size_t kBatch = 64;
constexpr const char* kLock = "collect.lock";

bool is_older(const fs::path& path, base::SystemTime than) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return false;
  const auto changed = std::chrono::seconds(status.st_ctim.tv_sec) + std::chrono::nanoseconds(status.st_ctim.tv_nsec);
  return base::SystemTime(std::chrono::duration_cast<std::chrono::milliseconds>(changed)) < than;
}

}  // namespace

Result<base::FileHandle> BlobStore::hold() const {
  const fs::path path = directory_ / kLock;
  base::FileHandle lock{::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0600)};
  if (!lock.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  while (::flock(lock.get(), LOCK_SH) != 0) {
    if (errno != EINTR) return tl::unexpected(base::error_from_errno(errno, "lock", path));
  }
  return lock;
}

Result<std::size_t> BlobStore::collect_batch(const std::vector<std::string>& names, base::SystemTime changed_before,
                                             const Wanted& wanted) const {
  auto lock = hold();
  if (!lock) return tl::unexpected(lock.error());
  while (::flock(lock->get(), LOCK_EX) != 0) {
    if (errno != EINTR) return tl::unexpected(base::error_from_errno(errno, "lock", directory_ / kLock));
  }
  const auto kept = wanted(names);
  if (!kept) return tl::unexpected(kept.error());
  const std::unordered_set<std::string> keep(kept->begin(), kept->end());
  std::size_t removed = 0;
  for (const auto& name : names) {
    // Asked again: it may have been touched since it was listed.
    if (keep.contains(name) || !is_older(path_of(name), changed_before)) continue;
    if (::unlink(path_of(name).c_str()) == 0) ++removed;
    else if (errno != ENOENT) return tl::unexpected(base::error_from_errno(errno, "remove", path_of(name)));
  }
  return removed;  // not synced: a name that comes back after a power cut is collected again
}

Result<std::size_t> BlobStore::collect(base::SystemTime changed_before, const Wanted& wanted,
                                       const std::stop_token& stop) const {
  const auto stopped = base::fail(base::ErrorCode::cancelled, "asked to stop while blobs were collected");
  std::size_t removed = 0;
  for (unsigned i = 0; i < kFolders; ++i) {
    if (stop.stop_requested()) return stopped;
    const auto names = names_in(directory_ / folder_name(i));
    if (!names && names.error().code == base::ErrorCode::not_found) continue;  // no blob has needed that folder yet
    if (!names) return tl::unexpected(names.error());
    std::vector<std::string> old;
    std::copy_if(names->begin(), names->end(), std::back_inserter(old), [&](const std::string& name) {
      return is_blob_name(name) && is_older(path_of(name), changed_before);
    });
    for (std::size_t from = 0; from < old.size(); from += kBatch) {
      if (stop.stop_requested()) return stopped;
      const auto to = std::min(old.size(), from + kBatch);
      const auto batch = collect_batch(
          {old.begin() + static_cast<std::ptrdiff_t>(from), old.begin() + static_cast<std::ptrdiff_t>(to)},
          changed_before, wanted);
      if (!batch) return batch;
      removed += *batch;
    }
  }
  return removed;
}

void BlobStore::touch(std::string_view sha256) const {
  if (is_blob_name(sha256)) ::utimensat(AT_FDCWD, path_of(sha256).c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
}

}  // namespace bangwu::blobs
