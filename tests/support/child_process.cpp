#include "support/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

namespace bangwu::support {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Descriptors a child writes to; −1: the test's own.
struct Streams {
  int output = -1, errors = -1;
};

[[noreturn]] void become(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment,
                         Streams streams) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (streams.output >= 0) ::dup2(streams.output, STDOUT_FILENO);
  if (streams.errors >= 0) ::dup2(streams.errors, STDERR_FILENO);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }

struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    ::close(read_end);
    close_write_end();
  }
  void close_write_end() {
    if (write_end >= 0) ::close(write_end);
    write_end = -1;
  }
};

/// False at the end.
bool read_some(int descriptor, std::string& text) {
  char chunk[4096];
  const ssize_t got = ::read(descriptor, chunk, sizeof chunk);
  if (got > 0) text.append(chunk, static_cast<std::size_t>(got));
  return got > 0;
}

}  // namespace

void pause_between_looks() { std::this_thread::sleep_for(milliseconds{10}); }

ChildProcess::ChildProcess(const Command& command) {
  int output = -1;
  if (!command.log.empty()) output = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + command.words.front());
  if (pid_ == 0) become(command.words, command.environment, {output, output});
  ::setpgid(pid_, pid_);
  if (output >= 0) ::close(output);
}

ChildProcess::~ChildProcess() { kill(); }

bool ChildProcess::is_running() { return !wait(milliseconds{0}).has_value(); }
void ChildProcess::signal(int number) {
  if (!ended_) ::kill(pid_, number);
}

std::optional<int> ChildProcess::wait(milliseconds patience) {
  const auto until = steady_clock::now() + patience;
  while (!ended_) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) ended_ = code_of(status);
    else if (steady_clock::now() >= until) return std::nullopt;
    else pause_between_looks();
  }
  return ended_;
}

void ChildProcess::kill() {
  ::kill(-pid_, SIGKILL);
  wait(std::chrono::seconds{20});
}

Finished run(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment) {
  Pipe output, errors;
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("cannot start " + words.front());
  if (pid == 0) become(words, environment, {output.write_end, errors.write_end});
  output.close_write_end();
  errors.close_write_end();
  Finished finished;
  pollfd readable[2] = {{output.read_end, POLLIN, 0}, {errors.read_end, POLLIN, 0}};
  const auto until = steady_clock::now() + std::chrono::minutes{1};
  // A descriptor below 0 is passed over by poll().
  while (readable[0].fd >= 0 || readable[1].fd >= 0) {
    ::poll(readable, 2, 1000);
    if (readable[0].revents != 0 && !read_some(readable[0].fd, finished.output)) readable[0].fd = -1;
    if (readable[1].revents != 0 && !read_some(readable[1].fd, finished.errors)) readable[1].fd = -1;
    if (steady_clock::now() > until) {
      ::kill(-pid, SIGKILL);
      break;
    }
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  finished.code = code_of(status);
  return finished;
}

}  // namespace bangwu::support
