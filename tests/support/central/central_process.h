#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "support/hall/child_process.h"
#include "support/scratch_directory.h"

namespace bangwu::support {

/// Whether the service is reached with TLS (it makes its own authority) or by plain http on loopback.
enum class Transport { tls, plain };

/// The real central service as a process of its own, with its data in a scratch directory that outlives kills.
class CentralProcess {
 public:
  explicit CentralProcess(Transport transport);

  /// Starts it on a free port and waits until it listens.
  void start();
  void kill();  ///< SIGKILL

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::filesystem::path ca_file() const;
  /// A fresh code from `bangwu-central enrol`.
  [[nodiscard]] std::string enrolment_code() const;

  /// What `bangwu-central verify` counts and finds.
  struct Stock {
    int envelopes = 0, cases = 0, blobs = 0, damaged = 0;
    std::string output;
  };
  [[nodiscard]] Stock verify() const;
  [[nodiscard]] std::filesystem::path data() const { return scratch_ / "data"; }

 private:
  [[nodiscard]] std::string read_port() const;

  ScratchDirectory scratch_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace bangwu::support
