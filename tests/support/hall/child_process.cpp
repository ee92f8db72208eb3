#include "support/hall/child_process.h"

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

[[noreturn]] void become(const Command& command, int output) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (output >= 0) {
    ::dup2(output, STDOUT_FILENO);
    if (!command.log.empty()) ::dup2(output, STDERR_FILENO);
  }
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const auto& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execvp(words[0], words.data());
  ::_exit(127);
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }

}  // namespace

void pause_between_looks() { std::this_thread::sleep_for(milliseconds{10}); }

ChildProcess::ChildProcess(const Command& command) {
  int output = -1;
  if (!command.log.empty()) output = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + command.words.front());
  if (pid_ == 0) become(command, output);
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
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t pid = ::fork();
  if (pid == 0) become({words, environment, {}}, ends[1]);
  ::close(ends[1]);
  Finished finished;
  char chunk[4096];
  const auto until = steady_clock::now() + std::chrono::minutes{1};
  pollfd readable{ends[0], POLLIN, 0};
  for (;;) {
    if (::poll(&readable, 1, 1000) > 0) {
      const ssize_t got = ::read(ends[0], chunk, sizeof chunk);
      if (got <= 0) break;
      finished.output.append(chunk, static_cast<std::size_t>(got));
    }
    if (steady_clock::now() > until) {
      ::kill(-pid, SIGKILL);
      break;
    }
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  finished.code = code_of(status);
  return finished;
}

}  // namespace bangwu::support
