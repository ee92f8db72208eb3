#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/child_process.h"
#include "support/scratch_directory.h"

namespace bangwu::support {

/// What the service knows of: the hall's own items in config/, or two small ones, T-REVIEW (five working days) and
/// T-INSTANT, without a holiday in any year.
enum class Items { of_the_hall, two };

/// Tables of central.toml. Without [http] the service speaks TLS with a certificate it makes itself.
inline constexpr const char* kPlainHttp = "[http]\nallow_plain_http_on_loopback = true\n";
inline constexpr const char* kSmallReserve = "[storage]\nkeep_free_mebibytes = 16\n";

struct CentralOptions {
  Items items = Items::two;
  std::string settings = kPlainHttp;  ///< added to central.toml, which has [catalogue] only
  In where = In::temporary_files;
  std::vector<std::string> through = {};  ///< words before the program's: what runs it
};

/// The real central service as a process of its own on a free port of loopback, with settings and data in a scratch
/// folder that outlives kills. It ends with the object, or with the thread that started it.
class CentralProcess {
 public:
  explicit CentralProcess(CentralOptions options = {});

  /// Starts serving, with this added to the environment, and waits until it listens: its port. Throws with its log if
  /// it ends before.
  std::uint16_t start(const std::map<std::string, std::string>& environment = {});
  void kill();                    ///< SIGKILL
  [[nodiscard]] int terminate();  ///< SIGTERM; its exit code
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }

  /// Runs another command of the program to its end: words behind its name; --data and --config are added.
  [[nodiscard]] Finished run(std::vector<std::string> words) const;
  /// Runs the program with exactly these words.
  [[nodiscard]] static Finished run_exactly(std::vector<std::string> words);
  /// A fresh code from `bangwu-central enrol`.
  [[nodiscard]] std::string enrolment_code() const;
  /// What `bangwu-central verify` counts and finds.
  struct Stock {
    int envelopes = 0, cases = 0, ratings = 0, blobs = 0, damaged = 0;
    std::string output;
  };
  [[nodiscard]] Stock verify() const;

  [[nodiscard]] std::filesystem::path folder() const { return scratch_.path(); }
  [[nodiscard]] std::filesystem::path data() const { return scratch_ / "data"; }
  [[nodiscard]] std::filesystem::path config() const { return scratch_ / "config/central.toml"; }
  [[nodiscard]] std::filesystem::path ca_file() const { return data() / "tls/ca.crt"; }
  [[nodiscard]] std::string log() const;

 private:
  ScratchDirectory scratch_;
  const std::vector<std::string> through_;
  std::unique_ptr<ChildProcess> process_;
  std::uint16_t port_ = 0;
};

}  // namespace bangwu::support
