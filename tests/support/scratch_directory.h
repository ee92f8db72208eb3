#pragma once
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace bangwu::support {

/// Where it lies: with the system's temporary files, or in memory, where that is offered (a sync then costs nothing).
enum class In { temporary_files, memory };

/// A directory of one test's own; removed at the end of its life.
class ScratchDirectory {
 public:
  explicit ScratchDirectory(In in = In::temporary_files) {
    const std::filesystem::path memory = "/dev/shm";
    const bool is_in_memory = in == In::memory && std::filesystem::is_directory(memory);
    std::string name =
        ((is_in_memory ? memory : std::filesystem::temp_directory_path()) / "bangwu-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a directory like " + name);
    path_ = name;
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace bangwu::support
