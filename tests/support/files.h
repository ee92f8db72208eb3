#pragma once
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace bangwu::support {

/// All of a file as it is; empty if there is none.
[[nodiscard]] inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Makes the folder too, where it is missing.
inline void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace bangwu::support
