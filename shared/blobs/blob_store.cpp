#include "blobs/blob_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <set>
#include <system_error>

#include "base/encoding.h"
#include "blobs/compare.h"
#include "blobs/folders.h"
#include "blobs/fresh.h"
#include "blobs/hasher.h"

namespace bangwu::blobs {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

tl::unexpected<base::Error> from_errno(std::string_view doing, const fs::path& path) {
  return tl::unexpected(base::error_from_errno(errno, doing, path));
}

Result<std::size_t> remove_if_unwanted(const fs::path& folder, const std::function<bool(std::string_view)>& is_wanted) {
  const auto names = names_in(folder);
  if (!names) return tl::unexpected(names.error());
  std::size_t removed = 0;
  for (const auto& name : *names) {
    if (is_wanted(name)) continue;
    if (::unlink((folder / name).c_str()) != 0 && errno != ENOENT) return from_errno("remove", folder / name);
    ++removed;
  }
  if (removed == 0) return removed;
  if (auto synced = base::sync_directory(folder); !synced) return tl::unexpected(std::move(synced).error());
  return removed;
}

}  // namespace

std::string folder_name(unsigned number) {
  const auto byte = static_cast<std::uint8_t>(number);
  return base::to_hex({&byte, 1});
}

Result<std::vector<std::string>> names_in(const fs::path& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return tl::unexpected(base::error_from_errno(error.value(), "list", folder));
  return names;
}

BlobStore::BlobStore(fs::path directory) : directory_(std::move(directory)), fresh_(std::make_shared<Fresh>()) {}

Result<BlobStore> BlobStore::open(const fs::path& directory) {
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(std::move(made).error());
  BlobStore store(directory);
  const fs::path incoming = store.incoming_folder();
  if (::mkdir(incoming.c_str(), 0700) != 0 && errno != EEXIST) return from_errno("mkdir", incoming);
  if (auto synced = base::sync_directory(directory); !synced) return tl::unexpected(std::move(synced).error());
  return store;
}

/// Also when the folder is there: who made it may have been cut off before its name was on the disk.
Result<void> BlobStore::prepare_folder(const fs::path& folder) const {
  if (fresh_->knows_folder(folder)) return {};
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return from_errno("mkdir", folder);
  if (auto synced = base::sync_directory(directory_); !synced) return synced;
  fresh_->remember_folder(folder);
  return {};
}

/// Renames a synced file to the blob's name; false if the blob was there already, whole.
Result<bool> BlobStore::move_in(const fs::path& file, const BlobRef& blob) const {
  const fs::path target = path_of(blob.sha256);
  if (auto prepared = prepare_folder(target.parent_path()); !prepared)
    return tl::unexpected(std::move(prepared).error());
  if (::access(target.c_str(), F_OK) == 0 && verify(blob)) return false;
  if (::rename(file.c_str(), target.c_str()) != 0) return from_errno("rename", target);
  return true;
}

Result<void> BlobStore::adopt(const fs::path& file, const BlobRef& expected, Content content) const {
  if (!is_blob_name(expected.sha256))
    return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
  const auto handle = open_for_reading(file);
  if (!handle.is_open()) return from_errno("open", file);
  const bool is_known = content == Content::hashed_while_written;
  if (auto same = is_known ? compare_size(handle, file, expected) : compare(handle, file, expected); !same) return same;
  if (::fsync(handle.get()) != 0) return from_errno("fsync", file);
  // What arrived is seldom read soon: its memory is of more use to the next.
  ::posix_fadvise(handle.get(), 0, 0, POSIX_FADV_DONTNEED);
  const auto moved = move_in(file, expected);
  if (!moved) return tl::unexpected(moved.error());
  if (!*moved) {
    if (auto synced = base::sync_directory(path_of(expected.sha256).parent_path()); !synced) return synced;
    return ::unlink(file.c_str()) == 0 ? Result<void>{} : from_errno("remove", file);
  }
  return settle(handle, expected);
}

/// The end of moving in: the name is on the disk, and only then known as such.
Result<void> BlobStore::settle(const base::FileHandle& file, const BlobRef& blob) const {
  if (auto synced = base::sync_directory(path_of(blob.sha256).parent_path()); !synced) return synced;
  struct stat status {};
  if (::fstat(file.get(), &status) == 0) fresh_->remember(blob.sha256, Fresh::stamp_of(status));
  return {};
}

bool BlobStore::contains(const BlobRef& blob) const {
  struct stat status {};
  return is_blob_name(blob.sha256) && ::lstat(path_of(blob.sha256).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         static_cast<std::uint64_t>(status.st_size) == blob.size;
}

Result<base::Bytes> BlobStore::read(std::string_view sha256) const {
  if (!is_blob_name(sha256)) return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
  return base::read_binary_file(path_of(sha256));
}

fs::path BlobStore::incoming_folder() const { return directory_ / "incoming"; }

fs::path BlobStore::path_of(std::string_view sha256) const { return directory_ / sha256.substr(0, 2) / sha256; }

Result<void> BlobStore::remove(std::string_view sha256) const { return remove_all(std::array{std::string(sha256)}); }

Result<void> BlobStore::remove_all(std::span<const std::string> names) const {
  std::set<fs::path> folders;
  for (const auto& name : names) {
    if (!is_blob_name(name)) return fail(ErrorCode::invalid_input, "a blob's name is 64 lower-case hex digits");
    const fs::path path = path_of(name);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return from_errno("remove", path);
    folders.insert(path.parent_path());
  }
  for (const auto& folder : folders) {
    const auto synced = base::sync_directory(folder);
    if (!synced && synced.error().code != ErrorCode::not_found) return synced;
  }
  return {};
}

Result<std::size_t> BlobStore::sweep(const std::function<bool(std::string_view sha256)>& is_wanted) const {
  std::size_t removed = 0;
  for (unsigned i = 0; i < kFolders; ++i) {
    const auto here = remove_if_unwanted(directory_ / folder_name(i), is_wanted);
    if (!here && here.error().code == ErrorCode::not_found) continue;  // no blob has needed that folder yet
    if (!here) return here;
    removed += *here;
  }
  const fs::path incoming = incoming_folder();
  const base::FileHandle lock{::open(incoming.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!lock.is_open()) return from_errno("open", incoming);
  // Someone is writing there now: leftovers are taken next time.
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return removed;
  const auto leftovers = remove_if_unwanted(incoming, [](std::string_view) { return false; });
  if (!leftovers) return leftovers;
  return removed + *leftovers;
}

Result<std::uint64_t> BlobStore::free_bytes() const {
  struct statvfs status {};
  if (::statvfs(directory_.c_str(), &status) != 0) return from_errno("statvfs", directory_);
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

}  // namespace bangwu::blobs
