
#include "capture_worker/run_worker.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string_view>

#include "capture/worker_process.h"
#include "capture_worker/import_worker.h"
#include "capture_worker/scan_worker.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr rlim_t kAddressSpace = 1'536ULL << 20;
constexpr rlim_t kProcessorSeconds = 600;
constexpr rlim_t kOpenFiles = 64;

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  if (::setrlimit(resource, &both) != 0) {
    std::_Exit(EXIT_FAILURE);
  }
}

/// When memory runs out the kernel is to take the worker, not the kiosk.
void be_first_to_go() {
  const base::FileHandle score(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  constexpr std::string_view kWorst = "1000";
  if (score.is_open()) {
    [[maybe_unused]] const ssize_t written = ::write(score.get(), kWorst.data(), kWorst.size());
  }
}

void confine(WorkerRole role) {
  be_first_to_go();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_DUMPABLE, 0);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, kProcessorSeconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, kAddressSpace);  // sanitizers reserve terabytes of address space
#endif
  if (role == WorkerRole::import) {
    // Not a byte of a visitor's file can be written to a disk, whatever a decoder does. (Scanner backends keep locks
    // and calibrations in files.)
    std::signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, kOpenFiles);
  }
}

}  // namespace

void run_worker_if_asked(int argc, char** argv) {
  if (argc != 2) {
    return;
  }
  const std::string_view argument = argv[1];
  for (const WorkerRole role : {WorkerRole::import, WorkerRole::scan}) {
    if (argument == argument_of(role)) {
      confine(role);
      const Channel channel{base::FileHandle(kWorkerSocket)};
      role == WorkerRole::import ? run_import_worker(channel) : run_scan_worker(channel);
      std::_Exit(EXIT_SUCCESS);
    }
  }
}

}  // namespace bangwu::capture_worker
