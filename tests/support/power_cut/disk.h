#pragma once
#include <dlfcn.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// Private to power_cut: the disk as it would be found after a power cut.
namespace power_cut {

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

enum class Mode { off, kill, cut, hold };

struct Disk {
  Mode mode = Mode::off;
  std::string root, image, keep, held_by, ledger;
  std::uint64_t at = 0, count = 0;
  std::mt19937 coin;
  std::map<ino_t, std::shared_ptr<Node>> nodes;
  std::map<ino_t, std::shared_ptr<Node>> known;  ///< from the ledger of a process that was killed before
  std::shared_ptr<Node> top;
  std::mutex mutex;
};

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
#define REAL(name) (real<decltype(&::name)>(#name))

inline thread_local int inside = 0;  // our own calls are not counted
struct Inside {
  Inside() { ++inside; }
  ~Inside() { --inside; }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
};

/// A file whose content no restart sees.
[[nodiscard]] bool is_scratch(std::string_view path);

/// The disk POWER_CUT_ROOT lies on, with what is there now safe on it; never destroyed: others may still write while
/// the program ends.
[[nodiscard]] Disk* make_disk();

/// One more change of the folder is about to happen; it may be the one that does not, or not yet.
void step(Disk& disk);

/// What the disk knows, for the next process on it; and what it knew when the one before was killed.
void write_ledger(const Disk& disk);
void read_ledger(Disk& disk);

/// Writes the image: the folder as a power cut now would leave it.
void write_what_is_left(Disk& disk);

/// What was told of a file's bytes is on the disk.
void settle(Node& node);
/// The names in a folder are on the disk; `deep`: those of the folders in it, too.
void settle_names(Disk& disk, Node& node, const std::string& path, bool deep);

}  // namespace power_cut
