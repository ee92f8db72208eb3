#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/power_cut/disk.h"

namespace power_cut {

/// Each node: number, kind, the bytes on the disk, the names on the disk with their numbers.
void write_ledger(const Disk& disk) {
  std::ostringstream text;
  text << disk.nodes.size() << '\n';
  std::map<const Node*, ino_t> numbers;
  for (const auto& [inode, node] : disk.nodes) numbers[node.get()] = inode;
  for (const auto& [inode, node] : disk.nodes) {
    text << inode << ' ' << node->is_directory << ' ' << node->durable.size() << ' ' << node->entries.size() << '\n'
         << node->durable << '\n';
    // A folder may still name a file whose number another has by now: that one is lost, as after a power cut.
    for (const auto& [name, entry] : node->entries) text << numbers[entry.get()] << ' ' << name << '\n';
  }
  std::ofstream(disk.ledger, std::ios::binary) << text.str();
}

void read_ledger(Disk& disk) {
  std::ifstream text(disk.ledger, std::ios::binary);
  std::size_t count = 0;
  if (!(text >> count)) return;
  std::map<ino_t, std::map<std::string, ino_t>> entries;
  for (std::size_t i = 0; i < count; ++i) {
    ino_t inode = 0;
    std::size_t size = 0, names = 0;
    auto node = std::make_shared<Node>();
    text >> inode >> node->is_directory >> size >> names;
    text.get();
    node->durable.resize(size);
    text.read(node->durable.data(), static_cast<std::streamsize>(size));
    for (std::size_t k = 0; k < names; ++k) {
      ino_t target = 0;
      std::string name;
      text >> target >> name;
      entries[inode][name] = target;
    }
    disk.known[inode] = node;
  }
  for (const auto& [inode, names] : entries) {
    for (const auto& [name, target] : names) {
      if (disk.known.contains(target)) disk.known[inode]->entries[name] = disk.known[target];
    }
  }
}

}  // namespace power_cut
