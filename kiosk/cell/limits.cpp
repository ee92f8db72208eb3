#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "cell/rules.h"

namespace bangwu::cell {
namespace {

constexpr rlim_t kMebibyte = 1ULL << 20;
constexpr rlim_t kAddressSpace = 1'536 * kMebibyte;
constexpr rlim_t kProcessorSeconds = 600;
constexpr rlim_t kOpenFiles = 64;
constexpr rlim_t kLargestHandedOut = 64 * kMebibyte;

bool limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  return ::setrlimit(resource, &both) == 0;
}

/// Closes all from `first` on up to, not including, `end`.
void close_between(int first, int end) {
  if (first < end) ::syscall(SYS_close_range, first, end - 1, 0);
}

/// Who made the channel is the parent; if it is so no more, it ended before the wish to end with it was known.
bool is_child_of_channel(int channel) {
  ucred maker{};
  socklen_t size = sizeof maker;
  return ::getsockopt(channel, SOL_SOCKET, SO_PEERCRED, &maker, &size) != 0 || ::getppid() == maker.pid;
}

bool set_resource_limits(Purpose purpose) {
  bool ok = limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, kProcessorSeconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  ok = ok && limit(RLIMIT_AS, kAddressSpace);  // sanitizers reserve terabytes of address space
#endif
  if (purpose == Purpose::scan) return ok;  // drivers start threads, and keep locks and calibrations in files
  // Not a byte of a visitor's file can be written to a disk, whatever a decoder does.
  std::signal(SIGXFSZ, SIG_IGN);
  return ok && limit(RLIMIT_FSIZE, purpose == Purpose::hand_out ? kLargestHandedOut : 0) &&
         limit(RLIMIT_NOFILE, kOpenFiles) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MSGQUEUE, 0) &&
         limit(RLIMIT_MEMLOCK, 0);
}

}  // namespace

void leave_behind(const Plan& plan) {
  const int low = plan.directory < 0 ? plan.channel : std::min(plan.channel, plan.directory);
  const int high = std::max(plan.channel, plan.directory);
  close_between(STDERR_FILENO + 1, low);
  close_between(low + 1, high);
  ::syscall(SYS_close_range, high + 1, ~0U, 0);
  if (plan.purpose != Purpose::scan) ::clearenv();  // drivers find their settings in it
  write_proc("/proc/self/oom_score_adj", "1000");   // when memory runs out the kernel is to take this, not the kiosk
}

bool set_limits(const Plan& plan) {
  if (!set_resource_limits(plan.purpose)) return false;
  ::prctl(PR_SET_DUMPABLE, 0);         // after the maps of the user namespace are written, which it would forbid
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // after the change of user, which takes it back
  return is_child_of_channel(plan.channel);
}

}  // namespace bangwu::cell
