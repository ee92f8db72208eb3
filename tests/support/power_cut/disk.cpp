#include "support/power_cut/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace power_cut {
namespace {

constexpr std::size_t kSector = 512;
constexpr useconds_t kLook = 10'000;  // between two looks at what holds the disk

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string content_of(const std::string& path) {
  std::string content;
  const int file = REAL(open)(path.c_str(), O_RDONLY | O_CLOEXEC);
  char buffer[65536];
  for (ssize_t got; file >= 0 && (got = ::read(file, buffer, sizeof buffer)) > 0;)
    content.append(buffer, static_cast<std::size_t>(got));
  if (file >= 0) ::close(file);
  return content;
}

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

/// What is there when the program starts is on the disk, unless the ledger says that it was not: then memory alone
/// holds it, as after a kill.
std::shared_ptr<Node> scan(Disk& disk, const std::string& path, const struct stat& status) {
  if (const auto known = disk.known.find(status.st_ino); known != disk.known.end()) {
    auto node = disk.nodes[status.st_ino] = known->second;
    const auto content = node->is_directory ? std::string{} : content_of(path);
    if (content != node->durable) node->pending = {{0, {}, true}, {0, content, false}};
    for_each_entry(path, [&](const std::string& name, const struct stat& inner) {
      if (node->is_directory) (void)scan(disk, path + "/" + name, inner);
    });
    return node;
  }
  auto node = std::make_shared<Node>();
  disk.nodes[status.st_ino] = node;
  node->is_directory = S_ISDIR(status.st_mode);
  if (!node->is_directory) node->durable = content_of(path);
  else
    for_each_entry(path, [&](const std::string& name, const struct stat& inner) {
      node->entries[name] = scan(disk, path + "/" + name, inner);
    });
  return node;
}

void apply(std::string& content, const Change& change) {
  if (change.is_truncation) return content.resize(change.offset);
  if (content.size() < change.offset + change.bytes.size()) content.resize(change.offset + change.bytes.size());
  std::copy(change.bytes.begin(), change.bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(change.offset));
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

}  // namespace

bool is_scratch(std::string_view path) { return path.ends_with("-shm"); }

Disk* make_disk() {
  const Inside guard;
  auto* disk = new Disk;
  const std::string mode = environment("POWER_CUT_MODE");
  disk->root = environment("POWER_CUT_ROOT");
  struct stat status {};
  if (disk->root.empty() || ::stat(disk->root.c_str(), &status) != 0) return disk;
  disk->mode = mode == "kill" ? Mode::kill : mode == "cut" ? Mode::cut : mode == "hold" ? Mode::hold : Mode::off;
  disk->held_by = environment("POWER_CUT_HOLD");
  disk->image = environment("POWER_CUT_IMAGE");
  disk->keep = environment("POWER_CUT_KEEP");
  disk->at = std::strtoull(environment("POWER_CUT_AT").c_str(), nullptr, 10);
  disk->coin.seed(static_cast<unsigned>(std::strtoul(environment("POWER_CUT_SEED").c_str(), nullptr, 10)));
  disk->ledger = environment("POWER_CUT_LEDGER");
  if (disk->mode == Mode::cut && !disk->ledger.empty()) read_ledger(*disk);
  if (disk->mode == Mode::cut) disk->top = scan(*disk, disk->root, status);
  return disk;
}

void settle(Node& node) {
  for (const auto& change : node.pending) apply(node.durable, change);
  node.pending.clear();
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

namespace {
void wait_while_held(const Disk& disk) {
  if (::access(disk.held_by.c_str(), F_OK) != 0) return;
  ::close(REAL(open)((disk.held_by + ".waits").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  while (::access(disk.held_by.c_str(), F_OK) == 0) ::usleep(kLook);
}
}  // namespace

void write_what_is_left(Disk& disk) {
  if (disk.keep == "names") settle_names(disk, *disk.top, disk.root, true);
  for (auto& [inode, node] : disk.nodes) {
    if (disk.keep == "data") settle(*node);
    if (disk.keep == "half") settle_by_chance(disk, *node);
  }
  write_image(*disk.top, disk.image);
  if (!disk.ledger.empty()) write_ledger(disk);
}

void step(Disk& disk) {
  const Inside guard;
  if (disk.mode == Mode::hold) return wait_while_held(disk);
  if (++disk.count != disk.at) return;
  if (disk.mode == Mode::cut) write_what_is_left(disk);
  ::kill(::getpid(), SIGKILL);
}

}  // namespace power_cut
