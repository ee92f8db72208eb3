// A library that stands between a program and the disk (link it first, or LD_PRELOAD it) and fails at a chosen moment.
// It counts what changes the folder POWER_CUT_ROOT: files made, bytes written, syncs, renames, removals. It reads its
// environment when the program first touches a file, and again when power_cut_start() is called (after a fork):
//   POWER_CUT_ROOT   the folder; without it nothing happens
//   POWER_CUT_MODE   kill: SIGKILL before step POWER_CUT_AT. The page cache survives, as in a killed process.
//                    cut:  the same, and the folder as it would be found after a power cut is written to
//                          POWER_CUT_IMAGE: nothing survives that was not synced, neither bytes (fsync, fdatasync of
//                          the file) nor names (fsync of the folder).
//                    full: the disk has room for POWER_CUT_SPACE more bytes, then ENOSPC; removing files makes room.
//   POWER_CUT_KEEP   what a disk may keep besides, for nothing forbids it: none, names, data, or half (each unsynced
//                    512-byte sector by the toss of a coin; POWER_CUT_SEED)
// Files ending in -shm are left out: SQLite rebuilds them, and a restart never sees their old content.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/power_cut/power_cut.h"

namespace {

constexpr std::size_t kSector = 512;
constexpr std::int64_t kNameCost = 256;  // what a new name takes on the full disk

struct Change {
  std::size_t offset = 0;
  std::string bytes;
  bool is_truncation = false;
};

/// A file or folder as the disk knows it, and what it has been told since but need not know.
struct Node {
  bool is_directory = false;
  std::string durable;
  std::vector<Change> pending;
  std::map<std::string, std::shared_ptr<Node>> entries;
};

enum class Mode { off, kill, cut, full };

struct Disk {
  Mode mode = Mode::off;
  std::string root, image, keep;
  std::uint64_t at = 0, count = 0;
  std::int64_t space = 0;
  std::mt19937 coin;
  std::map<ino_t, std::shared_ptr<Node>> nodes;
  std::shared_ptr<Node> top;
  std::mutex mutex;
};

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
#define REAL(name) (real<decltype(&::name)>(#name))

thread_local int inside = 0;  // our own calls are not counted
struct Inside {
  Inside() { ++inside; }
  ~Inside() { --inside; }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string content_of(const std::string& path) {
  std::string content;
  const int file = REAL(open)(path.c_str(), O_RDONLY | O_CLOEXEC);
  char buffer[65536];
  for (ssize_t got; file >= 0 && (got = ::read(file, buffer, sizeof buffer)) > 0;) content.append(buffer, static_cast<std::size_t>(got));
  if (file >= 0) ::close(file);
  return content;
}

bool is_scratch(std::string_view path) { return path.ends_with("-shm"); }

template <class Visit>  // visit(name, status)
void for_each_entry(const std::string& path, Visit visit) {
  DIR* folder = ::opendir(path.c_str());
  if (folder == nullptr) return;
  while (const dirent* entry = ::readdir(folder)) {
    const std::string name = entry->d_name;
    struct stat status {};
    if (name == "." || name == ".." || is_scratch(name)) continue;
    if (::lstat((path + "/" + name).c_str(), &status) == 0) visit(name, status);
  }
  ::closedir(folder);
}

/// What is there when the program starts is on the disk.
std::shared_ptr<Node> scan(Disk& disk, const std::string& path, const struct stat& status) {
  auto node = std::make_shared<Node>();
  disk.nodes[status.st_ino] = node;
  node->is_directory = S_ISDIR(status.st_mode);
  if (!node->is_directory) node->durable = content_of(path);
  else for_each_entry(path, [&](const std::string& name, const struct stat& inner) { node->entries[name] = scan(disk, path + "/" + name, inner); });
  return node;
}

Disk* make_disk() {
  const Inside guard;
  auto* disk = new Disk;  // never destroyed: others may still write while the program ends
  const std::string mode = environment("POWER_CUT_MODE");
  disk->root = environment("POWER_CUT_ROOT");
  struct stat status {};
  if (disk->root.empty() || ::stat(disk->root.c_str(), &status) != 0) return disk;
  disk->mode = mode == "kill" ? Mode::kill : mode == "cut" ? Mode::cut : mode == "full" ? Mode::full : Mode::off;
  disk->image = environment("POWER_CUT_IMAGE");
  disk->keep = environment("POWER_CUT_KEEP");
  disk->at = std::strtoull(environment("POWER_CUT_AT").c_str(), nullptr, 10);
  disk->space = std::strtoll(environment("POWER_CUT_SPACE").c_str(), nullptr, 10);
  disk->coin.seed(static_cast<unsigned>(std::strtoul(environment("POWER_CUT_SEED").c_str(), nullptr, 10)));
  if (disk->mode == Mode::cut) disk->top = scan(*disk, disk->root, status);
  return disk;
}

Disk*& disk_in_use() {
  static Disk* disk = make_disk();
  return disk;
}
Disk& the_disk() { return *disk_in_use(); }

void apply(std::string& content, const Change& change) {
  if (change.is_truncation) return content.resize(change.offset);
  if (content.size() < change.offset + change.bytes.size()) content.resize(change.offset + change.bytes.size());
  std::copy(change.bytes.begin(), change.bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void settle(Node& node) {
  for (const auto& change : node.pending) apply(node.durable, change);
  node.pending.clear();
}

/// Each sector of what was not synced is kept or not.
void settle_by_chance(Disk& disk, Node& node) {
  for (const auto& change : node.pending) {
    if (change.is_truncation) {
      if (disk.coin() & 1U) apply(node.durable, change);
      continue;
    }
    for (std::size_t at = 0; at < change.bytes.size();) {
      const std::size_t length = std::min(change.bytes.size() - at, kSector - (change.offset + at) % kSector);
      if (disk.coin() & 1U) apply(node.durable, {change.offset + at, change.bytes.substr(at, length), false});
      at += length;
    }
  }
}

void settle_names(Disk& disk, Node& node, const std::string& path, bool deep) {
  node.entries.clear();
  for_each_entry(path, [&](const std::string& name, const struct stat& status) {
    const auto found = disk.nodes.find(status.st_ino);
    if (found == disk.nodes.end()) return;
    node.entries[name] = found->second;
    if (deep && found->second->is_directory) settle_names(disk, *found->second, path + "/" + name, true);
  });
}

void write_image(const Node& node, const std::string& path) {
  if (node.is_directory) {
    REAL(mkdir)(path.c_str(), 0700);
    for (const auto& [name, entry] : node.entries) write_image(*entry, path + "/" + name);
    return;
  }
  const int file = REAL(open)(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  for (std::size_t done = 0; done < node.durable.size();) {
    const ssize_t written = REAL(write)(file, node.durable.data() + done, node.durable.size() - done);
    if (written <= 0) std::abort();
    done += static_cast<std::size_t>(written);
  }
  ::close(file);
}

/// One more change of the folder is about to happen; in two of the modes it may be the one that does not.
void step(Disk& disk) {
  if (++disk.count != disk.at || (disk.mode != Mode::kill && disk.mode != Mode::cut)) return;
  const Inside guard;
  if (disk.mode == Mode::cut) {
    if (disk.keep == "names") settle_names(disk, *disk.top, disk.root, true);
    for (auto& [inode, node] : disk.nodes) {
      if (disk.keep == "data") settle(*node);
      if (disk.keep == "half") settle_by_chance(disk, *node);
    }
    write_image(*disk.top, disk.image);
  }
  ::kill(::getpid(), SIGKILL);
}

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

std::int64_t size_of(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

/// How many of these bytes still fit on the full disk; takes them.
std::size_t take_space(Disk& disk, int descriptor, std::int64_t offset, std::size_t length) {
  if (disk.mode != Mode::full) return length;
  const std::int64_t growth = offset + static_cast<std::int64_t>(length) - size_of(descriptor);
  if (growth <= 0) return length;
  const std::int64_t taken = std::min(growth, std::max<std::int64_t>(disk.space, 0));
  disk.space -= taken;
  return length - static_cast<std::size_t>(std::min<std::int64_t>(growth - taken, static_cast<std::int64_t>(length)));
}

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

int no_space() {
  errno = ENOSPC;
  return -1;
}

template <class Open>
int open_watched(const char* path, int flags, Open open_it) {
  const Watched disk(path);
  const bool makes = (flags & O_CREAT) != 0 && disk && !exists(path);
  const bool empties = (flags & O_TRUNC) != 0 && disk && !makes;
  if (makes || empties) step(*disk);
  if (makes && disk->mode == Mode::full) {
    if (disk->space < kNameCost) return no_space();
    disk->space -= kNameCost;
  }
  const int descriptor = open_it();
  if (makes && descriptor >= 0) note_new(*disk, path, false);
  if (empties && descriptor >= 0) note_change(*disk, descriptor, {0, {}, true});
  return descriptor;
}

template <class Write>
ssize_t write_watched(int descriptor, const void* bytes, std::size_t length, std::int64_t offset, Write write_it) {
  const Watched disk(descriptor);
  if (!disk) return write_it(length);
  step(*disk);
  if (offset < 0) offset = ::lseek(descriptor, 0, SEEK_CUR);
  const std::size_t fits = take_space(*disk, descriptor, offset, length);
  if (fits == 0 && length > 0) return no_space();
  const ssize_t written = write_it(fits);
  if (written > 0) {
    note_change(*disk, descriptor,
                {static_cast<std::size_t>(offset), std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(written)), false});
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
  const std::int64_t growth = size - size_of(descriptor);
  if (disk->mode == Mode::full && growth > disk->space) return no_space();
  const int result = truncate_it();
  if (result == 0 && disk->mode == Mode::full) disk->space -= growth;
  if (result == 0) note_change(*disk, descriptor, {static_cast<std::size_t>(size), {}, true});
  return result;
}

template <class Change>
int change_names(const char* path, const char* removed, Change change_it) {
  const Watched disk(path);
  if (!disk) return change_it();
  step(*disk);
  struct stat status {};
  const bool frees = removed != nullptr && ::lstat(removed, &status) == 0 && status.st_nlink == 1;
  const int result = change_it();
  if (result == 0 && frees) disk->space += status.st_size + kNameCost;
  return result;
}

}  // namespace

void power_cut_start() { disk_in_use() = make_disk(); }

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
  return write_watched(descriptor, bytes, length, -1, [&](size_t fits) { return REAL(write)(descriptor, bytes, fits); });
}
ssize_t pwrite(int descriptor, const void* bytes, size_t length, off_t offset) {
  return write_watched(descriptor, bytes, length, offset, [&](size_t fits) { return REAL(pwrite)(descriptor, bytes, fits, offset); });
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t length, off64_t offset) {
  return write_watched(descriptor, bytes, length, offset, [&](size_t fits) { return REAL(pwrite64)(descriptor, bytes, fits, offset); });
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
  const int result = truncate_watched(descriptor, std::max<std::int64_t>(size_of(descriptor), offset + length),
                                      [&] { return REAL(posix_fallocate)(descriptor, offset, length) == 0 ? 0 : -1; });
  return result == 0 ? 0 : errno;
}
int rename(const char* from, const char* to) noexcept {
  return change_names(to, to, [&] { return REAL(rename)(from, to); });
}
int link(const char* from, const char* to) noexcept {
  return change_names(to, nullptr, [&] { return REAL(link)(from, to); });
}
int unlink(const char* path) noexcept {
  return change_names(path, path, [&] { return REAL(unlink)(path); });
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (exists(path)) return REAL(mkdir)(path, mode);
  const int result = change_names(path, nullptr, [&] { return REAL(mkdir)(path, mode); });
  const Watched disk(path);
  if (disk && result == 0) note_new(*disk, path, true);
  return result;
}

}  // extern "C"
