#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "blobs/blob_store.h"
#include "blobs/compare.h"
#include "blobs/fresh.h"
#include "blobs/hasher.h"

namespace bangwu::blobs {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::fail;
using base::Result;

base::FileHandle open_for_reading(const fs::path& path) {
  return base::FileHandle{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
}

Result<void> compare_size(const base::FileHandle& file, const fs::path& path, const BlobRef& expected) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return tl::unexpected(base::error_from_errno(errno, "stat", path));
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::corrupt, path.string() + " is not a file");
  if (static_cast<std::uint64_t>(status.st_size) != expected.size) {
    return fail(ErrorCode::corrupt, path.string() + " has " + std::to_string(status.st_size) + " bytes instead of " +
                                        std::to_string(expected.size));
  }
  return {};
}

Result<void> compare(const base::FileHandle& file, const fs::path& path, const BlobRef& expected) {
  if (auto same = compare_size(file, path, expected); !same) return same;
  const auto actual = hash_file(file, path);
  if (!actual) return tl::unexpected(actual.error());
  if (*actual != expected) return fail(ErrorCode::corrupt, path.string() + " does not hold what its name says");
  return {};
}

Result<void> BlobStore::verify(const BlobRef& blob) const {
  if (!is_blob_name(blob.sha256)) return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
  const fs::path path = path_of(blob.sha256);
  const auto file = open_for_reading(path);
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  return compare(file, path, blob);
}

Result<void> BlobStore::verify_unless_fresh(const BlobRef& blob) const {
  struct stat status {};
  const bool is_fresh = is_blob_name(blob.sha256) && ::lstat(path_of(blob.sha256).c_str(), &status) == 0 &&
                        static_cast<std::uint64_t>(status.st_size) == blob.size &&
                        fresh_->knows(blob.sha256, Fresh::stamp_of(status));
  if (is_fresh) return {};
  if (auto verified = verify(blob); !verified) return verified;
  return make_name_durable(blob);
}

Result<void> BlobStore::prove(const BlobRef& blob) const {
  if (!is_blob_name(blob.sha256)) return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
  const fs::path path = path_of(blob.sha256);
  const auto file = open_for_reading(path);
  if (!file.is_open()) return tl::unexpected(base::error_from_errno(errno, "open", path));
  // What memory remembers proves nothing of the disk.
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  const auto actual = hash_file(file, path);
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  if (!actual) return tl::unexpected(actual.error());
  if (actual->sha256 != blob.sha256)
    return fail(ErrorCode::corrupt, path.string() + " does not hold what its name says");
  // The file is whole: who asks for another size asks for another blob.
  if (actual->size != blob.size) return fail(ErrorCode::not_found, path.string() + " has another size");
  return make_name_durable(blob);
}

/// A name found may have been given by a process that was killed before it synced the folder: until someone does, a
/// power cut takes it away again. One this process gave and synced is known by its stamp, which a rename changes.
Result<void> BlobStore::make_name_durable(const BlobRef& blob) const {
  const fs::path path = path_of(blob.sha256);
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return tl::unexpected(base::error_from_errno(errno, "stat", path));
  if (fresh_->knows(blob.sha256, Fresh::stamp_of(status))) return {};
  if (auto prepared = prepare_folder(path.parent_path()); !prepared) return prepared;
  return base::sync_directory(path.parent_path());
}

Result<void> BlobStore::set_aside(std::string_view sha256) const {
  if (!is_blob_name(sha256)) return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
  const fs::path folder = directory_ / "damaged";
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return tl::unexpected(base::error_from_errno(errno, "mkdir", folder));
  const fs::path path = path_of(sha256);
  if (::rename(path.c_str(), (folder / std::string(sha256)).c_str()) != 0 && errno != ENOENT)
    return tl::unexpected(base::error_from_errno(errno, "rename", path));
  return base::sync_directory(path.parent_path());
}

}  // namespace bangwu::blobs
