#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "support/scratch_directory.h"

namespace bangwu::support {

struct Finished {
  int exit_code = -1;
  std::string output, errors;
};

/// A folder with settings, a small catalogue (T-REVIEW: five working days, T-INSTANT) and calendars, and the
/// bangwu-central that serves it on an ephemeral port of loopback. Ended with the object.
class ServiceUnderTest {
 public:
  /// Plain HTTP on loopback unless `settings` says otherwise; `settings` is added to central.toml.
  explicit ServiceUnderTest(std::string settings = "[http]\nallow_plain_http_on_loopback = true\n");
  ~ServiceUnderTest();
  ServiceUnderTest(const ServiceUnderTest&) = delete;
  ServiceUnderTest& operator=(const ServiceUnderTest&) = delete;

  /// Starts serving and waits until it listens; throws with its log if it ends before.
  void start();
  void kill();                        ///< SIGKILL
  [[nodiscard]] int terminate();      ///< SIGTERM; its exit code
  [[nodiscard]] bool is_running() const { return pid_ > 0; }
  /// Runs another command of the program to its end: words behind its name; --data and --config are added.
  [[nodiscard]] Finished run(std::vector<std::string> words) const;
  /// Runs the program with exactly these words.
  [[nodiscard]] static Finished run_exactly(std::vector<std::string> words);

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }
  [[nodiscard]] std::filesystem::path config() const { return folder_ / "config" / "central.toml"; }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
  [[nodiscard]] std::string log() const;
  /// Environment for start(), e.g. {"LD_PRELOAD=…"}.
  std::vector<std::string> environment;

 private:
  ScratchDirectory folder_;
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

[[nodiscard]] std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace bangwu::support
