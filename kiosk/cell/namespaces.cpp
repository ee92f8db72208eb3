#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "cell/rules.h"

namespace bangwu::cell {
namespace {

constexpr unsigned long kSealed = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
constexpr id_t kNobody = 65'534;

/// A user of the decoders' own where the system was installed with one.
constexpr const char* kUser = "bangwu-cell";

void make_folders(const std::string& path) {
  for (auto end = path.find('/', 2); end != std::string::npos; end = path.find('/', end + 1)) {
    ::mkdir(path.substr(0, end).c_str(), 0755);
  }
  ::mkdir(path.c_str(), 0755);
}

/// Shows a folder of the machine below the working directory, read only.
bool show(const char* folder) {
  if (::access(folder, R_OK | X_OK) != 0) return true;
  const std::string path = "." + std::string(folder);
  make_folders(path);
  return ::mount(folder, path.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
         ::mount(nullptr, path.c_str(), nullptr, MS_REMOUNT | MS_BIND | kSealed, nullptr) == 0;
}

bool change_to_own_root(Purpose purpose) {
  if (::mount("cell", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,mode=755") != 0 || ::chdir("/tmp") != 0) {
    return false;
  }
  if (purpose == Purpose::decode) {
    for (const char* folder : kFontFolders) {
      if (!show(folder)) return false;
    }
  }
  return ::mount(nullptr, ".", nullptr, MS_REMOUNT | MS_BIND | kSealed, nullptr) == 0 &&
         ::syscall(SYS_pivot_root, ".", ".") == 0 && ::umount2(".", MNT_DETACH) == 0 && ::chdir("/") == 0;
}

std::string map_of(id_t inside, id_t outside) { return std::to_string(inside) + " " + std::to_string(outside) + " 1"; }

bool cover(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return errno == ENOENT;
  if (!S_ISDIR(status.st_mode)) return ::mount("/dev/null", path.c_str(), nullptr, MS_BIND, nullptr) == 0;
  return ::mount("hidden", path.c_str(), "tmpfs", kSealed, "size=4k,mode=0") == 0;
}

}  // namespace

User user_for(const Plan& plan) {
  const User same{.user = ::geteuid(), .group = ::getegid()};
  if (same.user != 0 || plan.purpose == Purpose::scan) return same;
  struct stat status {};
  // FAT has one owner for all it holds: whoever it was mounted for may write.
  if (plan.purpose == Purpose::hand_out && ::fstat(plan.directory, &status) == 0) {
    return {.user = status.st_uid, .group = status.st_gid};
  }
  const passwd* own = ::getpwnam(kUser);
  return own != nullptr ? User{.user = own->pw_uid, .group = own->pw_gid} : User{.user = kNobody, .group = kNobody};
}

bool enter_namespaces(Purpose purpose) {
  int wanted = CLONE_NEWNS | CLONE_NEWIPC;
  if (purpose != Purpose::scan) wanted |= CLONE_NEWNET | CLONE_NEWUTS;
  const uid_t user = ::geteuid();
  const gid_t group = ::getegid();
  if (::unshare(wanted) != 0) {
    if (::unshare(CLONE_NEWUSER | wanted) != 0) return false;
    write_proc("/proc/self/setgroups", "deny");  // before the map of groups
    // To files and devices it stays who it is. A driver says its name to the system's bus (D-Bus, EXTERNAL).
    const bool keeps_name = purpose == Purpose::scan;
    if (!write_proc("/proc/self/uid_map", map_of(keeps_name ? user : kNobody, user)) ||
        !write_proc("/proc/self/gid_map", map_of(keeps_name ? group : kNobody, group))) {
      return false;
    }
  }
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

bool change_root(const Plan& plan) {
  if (plan.purpose != Purpose::scan) return change_to_own_root(plan.purpose);
  for (const auto& path : plan.hidden) {
    if (!cover(path)) return false;
  }
  return true;
}

bool drop_powers(const User& user) {
  if (::geteuid() == 0) {
    // EPERM and EINVAL: root of a namespace that knows no other user, and is none to files outside of it.
    if (::setgroups(0, nullptr) != 0 && errno != EPERM) return false;
    if (::setresgid(user.group, user.group, user.group) != 0 && errno != EINVAL) return false;
    if (::setresuid(user.user, user.user, user.user) != 0 && errno != EINVAL) return false;
  }
  for (int power = 0; ::prctl(PR_CAPBSET_READ, power, 0, 0, 0) >= 0; ++power) {
    ::prctl(PR_CAPBSET_DROP, power, 0, 0, 0);
  }
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  __user_cap_data_struct none[2]{};
  return ::syscall(SYS_capset, &header, none) == 0;
}

}  // namespace bangwu::cell
