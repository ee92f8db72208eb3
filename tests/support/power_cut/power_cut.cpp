// A library that stands between a program and the disk (link it first, or LD_PRELOAD it) and fails at a chosen moment.
// It counts what changes the folder POWER_CUT_ROOT: files made, bytes written, syncs, renames, removals. It reads its
// environment when the program first touches a file, and again when power_cut_start() is called (after a fork):
//   POWER_CUT_ROOT   the folder; without it nothing happens
//   POWER_CUT_MODE   kill: SIGKILL before step POWER_CUT_AT. The page cache survives, as in a killed process.
//                    cut:  the same, and the folder as it would be found after a power cut is written to
//                          POWER_CUT_IMAGE: nothing survives that was not synced, neither bytes (fsync, fdatasync of
//                          the file) nor names (fsync of the folder). A program that ends before that step leaves what
//                          a power cut right after its end would.
//                    hold: while there is a file POWER_CUT_HOLD nothing changes and no call returns, as with a disk
//                    that
//                          does not answer. Who waits makes a file of that name with .waits behind it.
//   POWER_CUT_KEEP   what a disk may keep besides, for nothing forbids it: none, names, data, or half (each unsynced
//                    512-byte sector by the toss of a coin; POWER_CUT_SEED)
//   POWER_CUT_LEDGER with cut: what the disk knows is kept in this file, and read again by the next program: what the
//   one
//                    killed before had not synced is in memory only, though it is seen. Kill, restart, cut.
// Files ending in -shm are left out: SQLite rebuilds them, and a restart never sees their old content.
#include "support/power_cut/power_cut.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>

#include "support/power_cut/disk.h"

namespace {

using namespace power_cut;

Disk*& disk_in_use() {
  static Disk* disk = make_disk();
  return disk;
}
Disk& the_disk() { return *disk_in_use(); }

bool is_ours(const std::string& path) {
  const Disk& disk = the_disk();
  return disk.mode != Mode::off && path.starts_with(disk.root) && !is_scratch(path);
}

std::string path_of(int descriptor) {
  char path[4096];
  const ssize_t length = ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), path, sizeof path);
  return length < 0 ? std::string{} : std::string(path, static_cast<std::size_t>(length));
}

/// The disk, locked, if the call concerns the watched folder; null otherwise.
class Watched {
 public:
  explicit Watched(const char* path) : Watched(std::string(path == nullptr ? "" : path)) {}
  explicit Watched(int descriptor)
      : Watched(inside > 0 || the_disk().mode == Mode::off ? std::string{} : path_of(descriptor)) {}
  explicit operator bool() const { return disk_ != nullptr; }
  Disk* operator->() const { return disk_; }
  Disk& operator*() const { return *disk_; }

 private:
  explicit Watched(const std::string& path) {
    if (inside > 0 || path.empty() || !is_ours(path)) return;
    disk_ = &the_disk();
    lock_ = std::unique_lock(disk_->mutex);
  }
  Disk* disk_ = nullptr;
  std::unique_lock<std::mutex> lock_;
};

void note_change(Disk& disk, int descriptor, Change change) {
  struct stat status {};
  if (disk.mode != Mode::cut || ::fstat(descriptor, &status) != 0) return;
  const auto found = disk.nodes.find(status.st_ino);
  if (found != disk.nodes.end()) found->second->pending.push_back(std::move(change));
}

void note_new(Disk& disk, const char* path, bool is_directory) {
  struct stat status {};
  if (disk.mode != Mode::cut || ::lstat(path, &status) != 0) return;
  auto node = std::make_shared<Node>();
  node->is_directory = is_directory;
  disk.nodes[status.st_ino] = node;  // the number of a removed file may come again
}

bool exists(const char* path) {
  struct stat status {};
  return ::lstat(path, &status) == 0;
}

template <class Open>
int open_watched(const char* path, int flags, Open open_it) {
  const Watched disk(path);
  const bool makes = (flags & O_CREAT) != 0 && disk && !exists(path);
  const bool empties = (flags & O_TRUNC) != 0 && disk && !makes;
  if (makes || empties) step(*disk);
  const int descriptor = open_it();
  if (makes && descriptor >= 0) note_new(*disk, path, false);
  if (empties && descriptor >= 0) note_change(*disk, descriptor, {0, {}, true});
  return descriptor;
}

template <class Write>
ssize_t write_watched(int descriptor, const void* bytes, std::int64_t offset, Write write_it) {
  const Watched disk(descriptor);
  if (!disk) return write_it();
  step(*disk);
  if (offset < 0) offset = ::lseek(descriptor, 0, SEEK_CUR);
  const ssize_t written = write_it();
  if (written > 0) {
    note_change(*disk, descriptor,
                {static_cast<std::size_t>(offset),
                 std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(written)), false});
  }
  return written;
}

template <class Sync>
int sync_watched(int descriptor, Sync sync_it) {
  const Watched disk(descriptor);
  if (!disk) return sync_it();
  step(*disk);
  struct stat status {};
  // The real disk may take its time: the power it loses is ours.
  if (disk->mode != Mode::cut || ::fstat(descriptor, &status) != 0) return 0;
  const auto found = disk->nodes.find(status.st_ino);
  if (found == disk->nodes.end()) return 0;
  const Inside guard;
  if (found->second->is_directory) settle_names(*disk, *found->second, path_of(descriptor), false);
  else settle(*found->second);
  return 0;
}

template <class Truncate>
int truncate_watched(int descriptor, std::int64_t size, Truncate truncate_it) {
  const Watched disk(descriptor);
  if (!disk) return truncate_it();
  step(*disk);
  const int result = truncate_it();
  if (result == 0) note_change(*disk, descriptor, {static_cast<std::size_t>(size), {}, true});
  return result;
}

template <class Change>
int change_names(const char* path, Change change_it) {
  const Watched disk(path);
  if (disk) step(*disk);
  return change_it();
}

}  // namespace

void power_cut_start() { disk_in_use() = power_cut::make_disk(); }

namespace {
[[gnu::destructor]] void cut_at_the_end() {
  const Inside guard;
  if (the_disk().mode == Mode::cut) write_what_is_left(the_disk());
}
}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_watched(path, flags, [&] { return REAL(open)(path, flags, mode); });
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_watched(path, flags, [&] { return REAL(open64)(path, flags, mode); });
}
ssize_t write(int descriptor, const void* bytes, size_t length) {
  return write_watched(descriptor, bytes, -1, [&] { return REAL(write)(descriptor, bytes, length); });
}
ssize_t pwrite(int descriptor, const void* bytes, size_t length, off_t offset) {
  return write_watched(descriptor, bytes, offset, [&] { return REAL(pwrite)(descriptor, bytes, length, offset); });
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t length, off64_t offset) {
  return write_watched(descriptor, bytes, offset, [&] { return REAL(pwrite64)(descriptor, bytes, length, offset); });
}
int fsync(int descriptor) {
  return sync_watched(descriptor, [&] { return REAL(fsync)(descriptor); });
}
int fdatasync(int descriptor) {
  return sync_watched(descriptor, [&] { return REAL(fdatasync)(descriptor); });
}
int ftruncate(int descriptor, off_t size) noexcept {
  return truncate_watched(descriptor, size, [&] { return REAL(ftruncate)(descriptor, size); });
}
int ftruncate64(int descriptor, off64_t size) noexcept {
  return truncate_watched(descriptor, size, [&] { return REAL(ftruncate64)(descriptor, size); });
}
int posix_fallocate(int descriptor, off_t offset, off_t length) {
  struct stat status {};
  const off_t size = ::fstat(descriptor, &status) == 0 ? status.st_size : 0;
  const int result = truncate_watched(descriptor, std::max<off_t>(size, offset + length),
                                      [&] { return REAL(posix_fallocate)(descriptor, offset, length) == 0 ? 0 : -1; });
  return result == 0 ? 0 : errno;
}
int rename(const char* from, const char* to) noexcept {
  return change_names(to, [&] { return REAL(rename)(from, to); });
}
int link(const char* from, const char* to) noexcept {
  return change_names(to, [&] { return REAL(link)(from, to); });
}
int unlink(const char* path) noexcept {
  return change_names(path, [&] { return REAL(unlink)(path); });
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (exists(path)) return REAL(mkdir)(path, mode);
  const int result = change_names(path, [&] { return REAL(mkdir)(path, mode); });
  const Watched disk(path);
  if (disk && result == 0) note_new(*disk, path, true);
  return result;
}

}  // extern "C"
