#include "capture/worker_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace bangwu::capture {
namespace {

constexpr int kAboveWorkerSocket = 10;

/// What posix_spawn is told: standard streams to /dev/null, the socket as descriptor 3, nothing else; default signals;
/// a process group of its own, so that what a SANE backend forks is killed with it.
class SpawnPlan {
 public:
  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_RDWR, 0);
    }
    posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket);
    posix_spawn_file_actions_addclosefrom_np(&actions_, kWorkerSocket + 1);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<std::string> environment_of(const WorkerSettings& settings) {
  std::vector<std::string> variables{"LANG=C.UTF-8"};
  for (const char* name : {"PATH", "HOME", "TZ", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name); value != nullptr) {
      variables.push_back(std::string(name) + "=" + value);
    }
  }
  variables.insert(variables.end(), settings.environment.begin(), settings.environment.end());
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

base::Error spawn_error(int number) {
  return {base::ErrorCode::unavailable, std::string("starting a capture worker: ") + std::strerror(number)};
}

}  // namespace

const char* argument_of(WorkerRole role) { return role == WorkerRole::import ? "--worker=import" : "--worker=scan"; }

base::Result<WorkerProcess> WorkerProcess::start(const WorkerSettings& settings, WorkerRole role) {
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return tl::unexpected(spawn_error(errno));
  }
  base::FileHandle ours(pair[0]);
  const base::FileHandle low(pair[1]);
  // Above the numbers the plan overwrites, whichever descriptors this process had free.
  const base::FileHandle theirs(::fcntl(low.get(), F_DUPFD_CLOEXEC, kAboveWorkerSocket));
  if (!theirs.is_open()) {
    return tl::unexpected(spawn_error(errno));
  }
  const SpawnPlan plan(theirs.get());
  std::vector<std::string> arguments{settings.program.filename().string(), argument_of(role)};
  std::vector<std::string> environment = environment_of(settings);
  const std::vector<char*> argv = pointers_to(arguments);
  const std::vector<char*> envp = pointers_to(environment);
  pid_t pid = -1;
  const int failed =
      ::posix_spawn(&pid, settings.program.c_str(), plan.actions(), plan.attributes(), argv.data(), envp.data());
  if (failed != 0) {
    return tl::unexpected(spawn_error(failed));
  }
  return WorkerProcess(pid, std::move(ours));
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_), channel_(std::move(other.channel_)) {}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
  if (this != &other) {
    stop();
    pid_ = std::exchange(other.pid_, -1);
    status_ = other.status_;
    channel_ = std::move(other.channel_);
  }
  return *this;
}

bool WorkerProcess::is_running() {
  if (pid_ >= 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) {
    pid_ = -1;
  }
  return pid_ >= 0;
}

std::string WorkerProcess::stop() {
  if (is_running()) {
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
  }
  return WIFSIGNALED(status_) ? "signal " + std::to_string(WTERMSIG(status_))
                              : "exit " + std::to_string(WEXITSTATUS(status_));
}

}  // namespace bangwu::capture
