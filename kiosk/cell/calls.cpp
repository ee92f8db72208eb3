#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>
#include <memory>
#include <type_traits>

#include "cell/rules.h"

namespace bangwu::cell {
namespace {

struct Release {
  void operator()(std::remove_pointer_t<scmp_filter_ctx>* filter) const { ::seccomp_release(filter); }
};

/// A list of system calls; calls of other architectures end the process (libseccomp's own rule).
class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : filter_(::seccomp_init(otherwise)), ok_(filter_ != nullptr) {}

  void add(std::uint32_t action, std::initializer_list<int> calls) {
    for (const int call : calls) ok_ = ok_ && ::seccomp_rule_add(filter_.get(), action, call, 0) == 0;
  }
  void add_if(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> conditions) {
    ok_ = ok_ && ::seccomp_rule_add_array(filter_.get(), action, call, static_cast<unsigned>(conditions.size()),
                                          conditions.begin()) == 0;
  }
  /// For this thread and all others of the process.
  [[nodiscard]] bool load() {
    return ok_ && ::seccomp_attr_set(filter_.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
           ::seccomp_load(filter_.get()) == 0;
  }

 private:
  std::unique_ptr<std::remove_pointer_t<scmp_filter_ctx>, Release> filter_;
  bool ok_;
};

constexpr std::uint32_t kAllow = SCMP_ACT_ALLOW;
constexpr std::uint32_t kRefuse = SCMP_ACT_ERRNO(EPERM);

/// Memory, clocks, the channel, and what abort() and a C++ throw need.
void allow_thinking(Filter& filter) {
  filter.add(kAllow,
             {SCMP_SYS(read),         SCMP_SYS(write),           SCMP_SYS(readv),        SCMP_SYS(writev),
              SCMP_SYS(pread64),      SCMP_SYS(lseek),           SCMP_SYS(close),        SCMP_SYS(fstat),
              SCMP_SYS(munmap),       SCMP_SYS(mremap),          SCMP_SYS(madvise),      SCMP_SYS(brk),
              SCMP_SYS(futex),        SCMP_SYS(clock_gettime),   SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
              SCMP_SYS(getpid),       SCMP_SYS(gettid),          SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
              SCMP_SYS(rt_sigreturn), SCMP_SYS(getrandom),       SCMP_SYS(sched_yield),  SCMP_SYS(poll),
              SCMP_SYS(ppoll),        SCMP_SYS(recvmsg),         SCMP_SYS(sendmsg),      SCMP_SYS(recvfrom),
              SCMP_SYS(exit),         SCMP_SYS(exit_group),      SCMP_SYS(uname),        SCMP_SYS(sysinfo),
              SCMP_SYS(getuid),       SCMP_SYS(restart_syscall), SCMP_SYS(geteuid),      SCMP_SYS(getgid),
              SCMP_SYS(getegid)});
  filter.add_if(kAllow, SCMP_SYS(sendto), {SCMP_A4(SCMP_CMP_EQ, 0)});  // to the channel's end only: no address
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    filter.add_if(kAllow, call, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  }
  for (const scmp_datum_t command : {F_GETFD, F_SETFD, F_GETFL}) {
    filter.add_if(kAllow, SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, command)});
  }
  filter.add_if(kAllow, SCMP_SYS(tgkill),
                {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())), SCMP_A2(SCMP_CMP_EQ, SIGABRT)});
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  filter.add(kAllow, {SCMP_SYS(sigaltstack), SCMP_SYS(prlimit64), SCMP_SYS(sched_getaffinity), SCMP_SYS(nanosleep),
                      SCMP_SYS(clock_nanosleep), SCMP_SYS(prctl)});
#endif
}

/// fstat(), as the C library makes it.
void allow_looking_at_open_files(Filter& filter) {
  filter.add_if(kAllow, SCMP_SYS(newfstatat), {SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)});
}

void allow_reading_files(Filter& filter) {
  constexpr scmp_datum_t kNotReading = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY) | O_PATH;
  filter.add_if(kAllow, SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_MASKED_EQ, kNotReading, 0)});
  filter.add(kAllow,
             {SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
              SCMP_SYS(getdents64), SCMP_SYS(readlink), SCMP_SYS(fstatfs), SCMP_SYS(fadvise64)});
}

bool limit_decoder(Opening opening) {
  Filter filter(kRefuse);
  allow_thinking(filter);
  if (opening == Opening::allowed) allow_reading_files(filter);
  else allow_looking_at_open_files(filter);
  return filter.load();
}

bool limit_hander_out() {
  Filter filter(kRefuse);
  allow_thinking(filter);
  allow_looking_at_open_files(filter);
  filter.add(kAllow, {SCMP_SYS(openat2), SCMP_SYS(renameat2), SCMP_SYS(unlinkat), SCMP_SYS(fsync)});
  return filter.load();
}

/// Drivers do what they like with devices, files and sockets; they start no programs, reach into no process and take
/// nothing of the kernel that no scanner needs.
bool limit_scanner() {
  Filter filter(kAllow);
  filter.add(kRefuse, {SCMP_SYS(execve),
                       SCMP_SYS(execveat),
                       SCMP_SYS(ptrace),
                       SCMP_SYS(process_vm_readv),
                       SCMP_SYS(process_vm_writev),
                       SCMP_SYS(pidfd_open),
                       SCMP_SYS(pidfd_getfd),
                       SCMP_SYS(pidfd_send_signal),
                       SCMP_SYS(kill),
                       SCMP_SYS(tkill),
                       SCMP_SYS(rt_sigqueueinfo),
                       SCMP_SYS(rt_tgsigqueueinfo),
                       SCMP_SYS(unshare),
                       SCMP_SYS(setns),
                       SCMP_SYS(mount),
                       SCMP_SYS(umount2),
                       SCMP_SYS(pivot_root),
                       SCMP_SYS(chroot),
                       SCMP_SYS(move_mount),
                       SCMP_SYS(open_tree),
                       SCMP_SYS(fsopen),
                       SCMP_SYS(fsmount),
                       SCMP_SYS(mount_setattr),
                       SCMP_SYS(bpf),
                       SCMP_SYS(perf_event_open),
                       SCMP_SYS(userfaultfd),
                       SCMP_SYS(io_uring_setup),
                       SCMP_SYS(add_key),
                       SCMP_SYS(request_key),
                       SCMP_SYS(keyctl),
                       SCMP_SYS(kexec_load),
                       SCMP_SYS(init_module),
                       SCMP_SYS(finit_module),
                       SCMP_SYS(delete_module),
                       SCMP_SYS(open_by_handle_at),
                       SCMP_SYS(swapon),
                       SCMP_SYS(reboot),
                       SCMP_SYS(syslog),
                       SCMP_SYS(acct),
                       SCMP_SYS(quotactl)});
  // pthread_cancel() is a signal to a thread of this process.
  filter.add_if(kRefuse, SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_NE, static_cast<scmp_datum_t>(::getpid()))});
  return filter.load();
}

}  // namespace

bool limit_calls(Purpose purpose, Opening opening) {
  switch (purpose) {
    case Purpose::decode: return limit_decoder(opening);
    case Purpose::hand_out: return limit_hander_out();
    case Purpose::scan: return limit_scanner();
  }
  return false;
}

}  // namespace bangwu::cell
