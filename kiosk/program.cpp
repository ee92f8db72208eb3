#include "program.h"

#include <cstdio>

#include "base/printable.h"
#include "commands.h"

namespace bangwu {

namespace fs = std::filesystem;

fs::path program_folder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

fs::path share_beside_program() { return program_folder().parent_path() / "share"; }

int complain(const base::Error& error, int code) {
  std::fprintf(stderr, "bangwu-kiosk: %s\n", base::printable(error.detail).c_str());
  return code;
}

int wrong_use(const std::string& what) {
  std::fprintf(stderr, "bangwu-kiosk: %s; see bangwu-kiosk --help\n", base::printable(what).c_str());
  return kUsedWrongly;
}

}  // namespace bangwu
