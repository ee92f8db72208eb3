#include "cell/cell.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "cell/rules.h"

namespace bangwu::cell {

std::string to_string(Walls walls) {
  std::string text;
  const auto add = [&](Wall wall, const char* name) {
    if (walls.has(wall)) text += (text.empty() ? "" : ", ") + std::string(name);
  };
  add(Wall::namespaces, "namespaces");
  add(Wall::root_directory, "root directory");
  add(Wall::landlock, "Landlock");
  add(Wall::calls, "system calls");
  return text.empty() ? "none" : text;
}

Walls enter(const Plan& plan) {
  Walls stand;
  const User user = user_for(plan);
  leave_behind(plan);
  if (plan.wanted.has(Wall::namespaces) && enter_namespaces(plan.purpose)) {
    stand = stand.with(Wall::namespaces);
    if (plan.wanted.has(Wall::root_directory) && change_root(plan)) stand = stand.with(Wall::root_directory);
  }
  // Not before the root directory is made: its folders are for the user changed to below. What is handed out is for
  // all.
  ::umask(plan.purpose == Purpose::hand_out ? 022 : 077);
  if (!drop_powers(user) || !set_limits(plan)) return {};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {};
  if (plan.wanted.has(Wall::landlock) && enter_landlock(plan)) stand = stand.with(Wall::landlock);
  const auto opening = plan.purpose != Purpose::decode || has_fonts(stand) ? Opening::allowed : Opening::refused;
  if (plan.wanted.has(Wall::calls) && limit_calls(plan.purpose, opening)) stand = stand.with(Wall::calls);
  return stand;
}

bool is_shut(Purpose purpose, Walls walls) {
  if (!walls.has(Wall::calls)) return false;
  switch (purpose) {
    case Purpose::decode: return true;
    case Purpose::scan: return walls.has(Wall::root_directory);
    case Purpose::hand_out: return walls.has(Wall::landlock) || landlock_version() < 1;
  }
  return false;
}

bool has_fonts(Walls walls) { return walls.has(Wall::root_directory) || walls.has(Wall::landlock); }

bool holds() {
  const auto is_refused = [](long got) { return got == -1 && (errno == EPERM || errno == EACCES || errno == ENOENT); };
  return is_refused(::syscall(SYS_openat, AT_FDCWD, "/proc/self/status", O_RDONLY)) &&
         is_refused(::syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)) &&
         is_refused(::syscall(SYS_openat, AT_FDCWD, "/usr/share/fonts/x", O_CREAT | O_WRONLY, 0600)) &&
         is_refused(::syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0)) && is_refused(::syscall(SYS_kill, ::getpid(), 0)) &&
         is_refused(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) &&
         is_refused(::syscall(SYS_execve, "", nullptr, nullptr)) &&
         is_refused(::syscall(SYS_mmap, nullptr, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

}  // namespace bangwu::cell
