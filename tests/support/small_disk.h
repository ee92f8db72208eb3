#pragma once
#include <cstdint>
#include <filesystem>

namespace bangwu::support {

/// A tmpfs mounted on a folder, in a mount namespace of this test process and its children only. Needs the right to
/// mount there (root, or unprivileged user namespaces); throws without it.
class SmallDisk {
 public:
  SmallDisk(const std::filesystem::path& folder, std::uint64_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  void resize(std::uint64_t bytes);
  void make_read_only();
  void make_writable();
  /// Writes a file of its own until only `bytes` are left; called again, it is replaced.
  void leave_only(std::uint64_t bytes);
  [[nodiscard]] std::uint64_t free_bytes() const;

 private:
  void remount(unsigned long flags);
  std::filesystem::path folder_;
  std::uint64_t size_;
};

}  // namespace bangwu::support
