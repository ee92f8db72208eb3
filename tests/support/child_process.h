#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bangwu::support {

struct Command {
  std::vector<std::string> words;
  std::map<std::string, std::string> environment;  ///< added to the test's own
  std::filesystem::path log;                       ///< standard output and error are appended; empty: the test's own
};

/// A process a test started: killed with its children and reaped at the end of its life, or when the thread that made
/// it ends, as it does when the test dies.
class ChildProcess {
 public:
  explicit ChildProcess(const Command& command);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool is_running();
  void signal(int number);
  /// Exit code, or −signal; nothing if it still runs after `patience`.
  std::optional<int> wait(std::chrono::milliseconds patience);
  void kill();

 private:
  pid_t pid_ = -1;
  std::optional<int> ended_;
};

struct Finished {
  int code = 0;                ///< exit code, or −signal
  std::string output, errors;  ///< standard output and error
};
/// Runs to the end (killed after a minute) and returns what it said.
[[nodiscard]] Finished run(const std::vector<std::string>& words,
                           const std::map<std::string, std::string>& environment = {});

/// Looks at `condition` until it holds; false when `patience` is over. For what other processes do: they send no
/// events.
template <class Condition>
[[nodiscard]] bool eventually(const Condition& condition,
                              std::chrono::milliseconds patience = std::chrono::seconds{20});

void pause_between_looks();

template <class Condition>
bool eventually(const Condition& condition, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    pause_between_looks();
  }
  return true;
}

}  // namespace bangwu::support
