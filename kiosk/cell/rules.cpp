#include "cell/rules.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"

namespace bangwu::cell {

bool write_proc(const char* path, std::string_view text) {
  const base::FileHandle file(::open(path, O_WRONLY | O_CLOEXEC));
  return file.is_open() && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace bangwu::cell
