#include "outbox/ballast.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

#include "base/file.h"

namespace bangwu::outbox {

bool Ballast::is_whole() const {
  std::error_code error;
  return std::filesystem::file_size(file_, error) == kSize && !error;
}

bool Ballast::lay_in(std::uint64_t free_bytes) const {
  constexpr std::uint64_t kPlenty = 4 * kSize;
  if (is_whole()) return true;
  if (free_bytes < kPlenty) return false;
  const base::FileHandle file{::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (!file.is_open()) return false;
  if (::posix_fallocate(file.get(), 0, static_cast<off_t>(kSize)) == 0) return true;
  ::unlink(file_.c_str());
  return false;
}

bool Ballast::give_up() const { return ::unlink(file_.c_str()) == 0; }

}  // namespace bangwu::outbox
