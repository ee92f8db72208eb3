#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "blobs/blob_store.h"

namespace bangwu::blobs {

/// What this process knows of the folder: files it hashed while writing them, by what would change if anyone touched
/// them, and subfolders it made durable. Thread-safe.
struct BlobStore::Fresh {
  struct Stamp {
    dev_t device;
    ino_t inode;
    off_t size;
    std::int64_t changed;  ///< nanoseconds
    bool operator==(const Stamp&) const = default;
  };
  static Stamp stamp_of(const struct stat& status) {
    return {status.st_dev, status.st_ino, status.st_size,
            status.st_ctim.tv_sec * 1'000'000'000LL + status.st_ctim.tv_nsec};
  }
  void remember(const std::string& sha256, const Stamp& stamp) {
    const std::scoped_lock lock(mutex);
    if (stamps.size() >= kMost) stamps.clear();  // they are read and hashed then, no more
    stamps[sha256] = stamp;
  }
  [[nodiscard]] bool knows(const std::string& sha256, const Stamp& stamp) {
    const std::scoped_lock lock(mutex);
    const auto found = stamps.find(sha256);
    return found != stamps.end() && found->second == stamp;
  }

  /// Subfolders whose names this process has put on the disk.
  void remember_folder(const std::filesystem::path& folder) {
    const std::scoped_lock lock(mutex);
    folders.insert(folder);
  }
  [[nodiscard]] bool knows_folder(const std::filesystem::path& folder) {
    const std::scoped_lock lock(mutex);
    return folders.contains(folder);
  }

  static constexpr std::size_t kMost = 4096;
  std::mutex mutex;
  std::map<std::string, Stamp> stamps;      // guarded by mutex
  std::set<std::filesystem::path> folders;  // guarded by mutex
};

}  // namespace bangwu::blobs
