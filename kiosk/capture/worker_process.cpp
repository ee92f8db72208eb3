#include "capture/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

#include "capture/messages.h"
#include "cell/watch.h"

namespace bangwu::capture {
namespace {

constexpr int kAboveWorkerDescriptors = 10;

/// What posix_spawn is told: standard streams to /dev/null, the socket as descriptor 3, perhaps a directory as 4,
/// nothing else; default signals; a process group of its own, so that what a SANE backend forks is killed with it.
class SpawnPlan {
 public:
  SpawnPlan(int socket, int directory) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_RDWR, 0);
    }
    posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket);
    if (directory >= 0) {
      posix_spawn_file_actions_adddup2(&actions_, directory, kWorkerDirectory);
    }
    posix_spawn_file_actions_addclosefrom_np(&actions_, directory >= 0 ? kWorkerDirectory + 1 : kWorkerSocket + 1);
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

/// Decoders need nothing of the machine's environment.
std::vector<std::string> environment_of(const WorkerSettings& settings, WorkerRole role) {
  std::vector<std::string> variables{"LANG=C.UTF-8"};
  std::vector<const char*> kept{"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"};
  if (role == WorkerRole::scan) {
    kept.insert(kept.end(), {"PATH", "HOME", "TZ"});
  }
  for (const char* name : kept) {
    if (const char* value = std::getenv(name); value != nullptr) {
      variables.push_back(std::string(name) + "=" + value);
    }
  }
  variables.insert(variables.end(), settings.environment.begin(), settings.environment.end());
  std::string hidden;
  for (const auto& path : settings.hidden) {
    hidden += path.string() + "\n";
  }
  variables.push_back(std::string(kHiddenVariable) + "=" + hidden);
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

const char* what_is_needed(WorkerRole role) {
  switch (role) {
    case WorkerRole::import: break;
    case WorkerRole::scan:
      return "scanner drivers need a kernel with seccomp and, for a user who is not root, user namespaces "
             "(kernel.unprivileged_userns_clone, user.max_user_namespaces), or they could read the machine's data";
    case WorkerRole::hand_out:
      return "writing to sticks needs a kernel with seccomp, and its Landlock where it has one";
  }
  return "it needs a kernel with seccomp, and no container that forbids it";
}

}  // namespace

cell::Purpose purpose_of(WorkerRole role) {
  switch (role) {
    case WorkerRole::import: break;
    case WorkerRole::scan: return cell::Purpose::scan;
    case WorkerRole::hand_out: return cell::Purpose::hand_out;
  }
  return cell::Purpose::decode;
}

const char* argument_of(WorkerRole role) {
  switch (role) {
    case WorkerRole::import: return "--worker=import";
    case WorkerRole::scan: return "--worker=scan";
    case WorkerRole::hand_out: break;
  }
  return "--worker=hand-out";
}

base::Result<WorkerProcess> WorkerProcess::start(const WorkerSettings& settings, WorkerRole role,
                                                 const base::FileHandle& directory) {
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return tl::unexpected(spawn_error(errno));
  }
  base::FileHandle ours(pair[0]);
  const base::FileHandle low(pair[1]);
  // Above the numbers the plan overwrites, whichever descriptors this process had free.
  const base::FileHandle theirs(::fcntl(low.get(), F_DUPFD_CLOEXEC, kAboveWorkerDescriptors));
  base::FileHandle their_directory;
  if (directory.is_open()) {
    their_directory = base::FileHandle(::fcntl(directory.get(), F_DUPFD_CLOEXEC, kAboveWorkerDescriptors));
  }
  if (!theirs.is_open() || their_directory.is_open() != directory.is_open()) {
    return tl::unexpected(spawn_error(errno));
  }
  const SpawnPlan plan(theirs.get(), their_directory.get());
  std::vector<std::string> arguments{settings.program.filename().string(), argument_of(role)};
  std::vector<std::string> environment = environment_of(settings, role);
  const std::vector<char*> argv = pointers_to(arguments);
  const std::vector<char*> envp = pointers_to(environment);
  pid_t pid = -1;
  const int failed =
      ::posix_spawn(&pid, settings.program.c_str(), plan.actions(), plan.attributes(), argv.data(), envp.data());
  if (failed != 0) {
    return tl::unexpected(spawn_error(failed));
  }
  return WorkerProcess(pid, role, std::move(ours));
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      role_(other.role_),
      status_(other.status_),
      channel_(std::move(other.channel_)),
      walls_(other.walls_) {}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
  if (this != &other) {
    stop();
    pid_ = std::exchange(other.pid_, -1);
    role_ = other.role_;
    status_ = other.status_;
    channel_ = std::move(other.channel_);
    walls_ = other.walls_;
  }
  return *this;
}

base::Result<cell::Walls> WorkerProcess::await_shut_in(const Patience& patience) {
  if (walls_) {
    return *walls_;
  }
  Message message;
  const Transfer transfer = channel_.receive(message, sizeof(std::uint64_t), patience);
  if (transfer == Transfer::cancelled) {
    return base::fail(base::ErrorCode::cancelled, "stopped while a worker was shutting itself in");
  }
  const auto walls =
      transfer == Transfer::done && message.kind == MessageKind::shut_in ? decode_walls(message.body) : std::nullopt;
  if (!walls) {
    return base::fail(base::ErrorCode::unavailable, "a capture worker did not begin as one: " + stop());
  }
  if (!cell::is_shut(purpose_of(role_), *walls)) {
    return base::fail(base::ErrorCode::unsupported,
                      "this machine grants no cell (" + cell::to_string(*walls) + "): " + what_is_needed(role_));
  }
  if (auto seen = cell::look_at(pid_); !seen) {
    return tl::unexpected(std::move(seen.error()));
  }
  walls_ = walls;
  return *walls;
}

bool WorkerProcess::is_running() {
  if (pid_ >= 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) {
    pid_ = -1;
  }
  return pid_ >= 0;
}

void WorkerProcess::await_end(std::chrono::milliseconds limit) const {
  const base::FileHandle process(pid_ < 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd ended{.fd = process.get(), .events = POLLIN, .revents = 0};
  ::poll(&ended, 1, process.is_open() ? static_cast<int>(limit.count()) : 0);
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

base::Result<cell::Walls> try_cell(const WorkerSettings& settings) {
  constexpr std::chrono::seconds kLimit{20};
  // Nothing is written there: it is only held.
  const base::FileHandle directory(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  std::vector<WorkerProcess> workers;  // all at once: the start of the kiosk waits for them
  for (const WorkerRole role : {WorkerRole::import, WorkerRole::scan, WorkerRole::hand_out}) {
    const bool holds_one = role == WorkerRole::hand_out;
    auto worker = holds_one ? WorkerProcess::start(settings, role, directory) : WorkerProcess::start(settings, role);
    if (!worker) {
      return tl::unexpected(std::move(worker.error()));
    }
    workers.push_back(std::move(*worker));
  }
  for (WorkerProcess& worker : workers) {
    if (auto walls = worker.await_shut_in(Patience::of(kLimit, nullptr)); !walls) {
      return walls;
    }
  }
  return workers.front().await_shut_in(Patience::of(kLimit, nullptr));
}

}  // namespace bangwu::capture
