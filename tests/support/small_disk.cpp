#include "support/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace bangwu::support {
namespace {

void check(int result, const char* doing) {
  if (result != 0) throw std::system_error(errno, std::generic_category(), doing);
}

void enter_own_namespace() {
  static const bool entered = [] {
    if (::unshare(CLONE_NEWNS) != 0) {
      const auto uid = ::getuid(), gid = ::getgid();
      check(::unshare(CLONE_NEWUSER | CLONE_NEWNS), "a mount namespace of its own");
      std::ofstream("/proc/self/setgroups") << "deny";
      std::ofstream("/proc/self/uid_map") << "0 " << uid << " 1";
      std::ofstream("/proc/self/gid_map") << "0 " << gid << " 1";
    }
    check(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "keep mounts to itself");
    return true;
  }();
  (void)entered;
}

}  // namespace

SmallDisk::SmallDisk(const std::filesystem::path& folder, std::uint64_t bytes) : folder_(folder), size_(bytes) {
  enter_own_namespace();
  std::filesystem::create_directories(folder);
  check(::mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID, ("mode=0700,size=" + std::to_string(bytes)).c_str()),
        "mount tmpfs");
}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::remount(unsigned long flags) {
  check(::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT | MS_NOSUID | flags,
                ("size=" + std::to_string(size_)).c_str()),
        "remount");
}

void SmallDisk::resize(std::uint64_t bytes) {
  size_ = bytes;
  remount(0);
}

void SmallDisk::make_read_only() { remount(MS_RDONLY); }
void SmallDisk::make_writable() { remount(0); }

std::uint64_t SmallDisk::free_bytes() const {
  struct statvfs disk {};
  check(::statvfs(folder_.c_str(), &disk), "statvfs");
  return disk.f_bavail * disk.f_frsize;
}

void SmallDisk::leave_only(std::uint64_t bytes) {
  const auto path = folder_ / "filler";
  std::filesystem::remove(path);
  const auto size = static_cast<off_t>(free_bytes() - bytes);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const int error = ::posix_fallocate(file, 0, size);
  ::close(file);
  if (error != 0) throw std::system_error(error, std::generic_category(), "fill the disk");
}

}  // namespace bangwu::support
