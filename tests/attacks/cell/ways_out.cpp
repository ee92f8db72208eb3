#include "ways_out.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bangwu::attacks {
namespace {

/// errno of a call that failed, 0 of one that did not.
int end_of(long result) { return result < 0 ? errno : 0; }

int opens(const std::string& path, int flags) { return end_of(::open(path.c_str(), flags, 0600)); }

template <class... Given>
int call(long number, Given... given) {
  return end_of(::syscall(number, given...));
}

int connect_to(int family, const void* address, std::size_t size) {
  const int socket = ::socket(family, SOCK_STREAM, 0);
  return socket < 0 ? errno
                    : end_of(::connect(socket, static_cast<const sockaddr*>(address), static_cast<socklen_t>(size)));
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int send_datagram(int port) {
  const sockaddr_in to = loopback(port);
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  return socket < 0 ? errno : end_of(::sendto(socket, "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to));
}

int connect_unix(const std::string& name, bool is_abstract) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::size_t begin = is_abstract ? 1 : 0;
  std::memcpy(address.sun_path + begin, name.data(), name.size());
  return connect_to(AF_UNIX, &address, offsetof(sockaddr_un, sun_path) + begin + name.size() + (is_abstract ? 0 : 1));
}

std::vector<WayOut> to_files(const Outside& outside) {
  const std::string folder = outside.folder;
  const std::string token = folder + "/token";
  const std::string victim = folder + "/victim";
  const std::string fresh = folder + "/new";
  return {
      {"read the token", [=] { return opens(token, O_RDONLY); }},
      {"read /etc/passwd", [] { return opens("/etc/passwd", O_RDONLY); }},
      {"list a folder", [=] { return ::opendir(folder.c_str()) != nullptr ? 0 : errno; }},
      {"look at a file",
       [=] {
         struct stat status {};
         return end_of(::stat(token.c_str(), &status));
       }},
      {"append to a file", [=] { return opens(token, O_WRONLY | O_APPEND); }},
      {"create a file", [=] { return opens(fresh, O_CREAT | O_EXCL | O_WRONLY); }},
      {"truncate()", [=] { return end_of(::truncate(token.c_str(), 0)); }},
      {"open to read and truncate", [=] { return opens(token, O_RDONLY | O_TRUNC); }},
      {"write through shared memory",
       [=] {
         const int file = ::open(token.c_str(), O_RDWR);
         if (file < 0) return errno;
         return ::mmap(nullptr, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) == MAP_FAILED ? errno : 0;
       }},
      {"unlink", [=] { return end_of(::unlink(victim.c_str())); }},
      {"rename", [=] { return end_of(::rename(victim.c_str(), fresh.c_str())); }},
      {"hard link", [=] { return end_of(::link(token.c_str(), fresh.c_str())); }},
      {"symbolic link", [=] { return end_of(::symlink(token.c_str(), fresh.c_str())); }},
      {"chmod", [=] { return end_of(::chmod(folder.c_str(), 0777)); }},
      {"change times", [=] { return end_of(::utimensat(AT_FDCWD, token.c_str(), nullptr, 0)); }},
      {"/dev/null to write", [] { return opens("/dev/null", O_WRONLY); }},
      {"/dev/kmsg", [] { return opens("/dev/kmsg", O_RDONLY | O_NONBLOCK); }},
      {"/dev/ptmx", [] { return opens("/dev/ptmx", O_RDWR); }},
      {"create in /dev/shm", [] { return opens("/dev/shm/bangwu-attack", O_CREAT | O_RDWR); }},
      {"write a font's settings", [] { return opens("/etc/fonts/fonts.conf", O_WRONLY); }},
  };
}

std::vector<WayOut> to_the_network(const Outside& outside) {
  return {
      {"TCP",
       [=] {
         const sockaddr_in to = loopback(outside.tcp_port);
         return connect_to(AF_INET, &to, sizeof to);
       }},
      {"UDP", [=] { return send_datagram(outside.udp_port); }},
      {"a Unix socket", [=] { return connect_unix(outside.folder + "/sock", false); }},
      {"an abstract socket, as X11 has", [=] { return connect_unix(outside.abstract_socket, true); }},
      {"netlink", [] { return end_of(::socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)); }},
      {"a packet socket", [] { return end_of(::socket(AF_PACKET, SOCK_RAW, 0)); }},
  };
}

std::vector<WayOut> to_processes(const Outside& outside) {
  const pid_t parent = outside.parent;
  const std::string proc = "/proc/" + std::to_string(parent);
  return {
      {"signal the parent", [=] { return end_of(::kill(parent, SIGUSR1)); }},
      {"ptrace the parent", [=] { return end_of(::ptrace(PTRACE_SEIZE, parent, 0, 0)); }},
      {"the parent's memory by /proc", [=] { return opens(proc + "/mem", O_RDWR); }},
      {"the parent's environment", [=] { return opens(proc + "/environ", O_RDONLY); }},
      {"the parent's memory",
       [=] {
         static int word = 7;
         int got = 0;
         const iovec here{&got, sizeof got}, there{&word, sizeof word};
         return end_of(::process_vm_readv(parent, &here, 1, &there, 1, 0));
       }},
      {"the parent's descriptors",
       [=] {
         const long handle = ::syscall(SYS_pidfd_open, parent, 0);
         return handle < 0 ? errno : call(SYS_pidfd_getfd, handle, 0, 0);
       }},
      {"the parent's limits",
       [=] {
         rlimit limit{};
         return end_of(::prlimit(parent, RLIMIT_CORE, nullptr, &limit));
       }},
      {"the parent's priority", [=] { return end_of(::setpriority(PRIO_PROCESS, static_cast<id_t>(parent), 19)); }},
      {"fork",
       [] {
         const pid_t child = ::fork();
         if (child == 0) ::_exit(0);
         return end_of(child);
       }},
      {"exec",
       [] {
         std::array<char, 10> path{"/bin/true"};
         std::array<char*, 2> arguments{path.data(), nullptr};
         return end_of(::execve(path.data(), arguments.data(), arguments.data() + 1));
       }},
      {"exec what lies in memory",
       [=] {
         const int file = ::memfd_create("m", MFD_CLOEXEC);
         if (file < 0 || ::write(file, outside.program.data(), outside.program.size()) < 0) return errno;
         std::array<char, 2> name{"m"};
         std::array<char*, 2> arguments{name.data(), nullptr};
         return end_of(::fexecve(file, arguments.data(), arguments.data() + 1));
       }},
  };
}

std::vector<WayOut> to_the_kernel(const Outside& outside) {
  return {
      {"executable memory",
       [] {
         void* got = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         return got == MAP_FAILED ? errno : 0;
       }},
      {"io_uring",
       [] {
         std::array<char, 512> parameters{};
         return call(SYS_io_uring_setup, 4, parameters.data());
       }},
      {"keys", [] { return call(SYS_add_key, "user", "k", "v", 1, -2); }},
      {"userfaultfd", [] { return call(SYS_userfaultfd, 1); }},
      {"perf_event_open",
       [] {
         perf_event_attr event{};
         event.type = PERF_TYPE_SOFTWARE;
         event.size = sizeof event;
         event.exclude_kernel = 1;
         event.exclude_hv = 1;
         return call(SYS_perf_event_open, &event, 0, -1, -1, 0);
       }},
      {"bpf",
       [] {
         bpf_attr map{};
         map.map_type = BPF_MAP_TYPE_ARRAY;
         map.key_size = 4;
         map.value_size = 8;
         map.max_entries = 1;
         return call(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map);
       }},
      {"System V memory", [] { return end_of(::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600)); }},
      {"a message queue", [] { return call(SYS_mq_open, "bangwu-attack", O_CREAT | O_RDWR, 0600, nullptr); }},
      {"a user namespace", [] { return end_of(::unshare(CLONE_NEWUSER)); }},
      {"mount", [=] { return end_of(::mount("x", (outside.folder + "/mnt").c_str(), "tmpfs", 0, nullptr)); }},
      {"chroot", [] { return end_of(::chroot("/")); }},
      {"inotify", [] { return call(SYS_inotify_init1, 0); }},
      {"another user", [] { return end_of(::setresuid(0, 0, 0)); }},
      {"raise a limit",
       [] {
         rlimit limit{};
         ::getrlimit(RLIMIT_NOFILE, &limit);
         limit.rlim_cur = ++limit.rlim_max;
         return end_of(::setrlimit(RLIMIT_NOFILE, &limit));
       }},
  };
}

}  // namespace

std::vector<WayOut> ways_out(const Outside& outside) {
  std::vector<WayOut> all = to_files(outside);
  for (const auto& more : {to_the_network(outside), to_processes(outside), to_the_kernel(outside)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace bangwu::attacks
