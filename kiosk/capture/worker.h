#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace bangwu::capture {

/// Which program a worker process is. What strangers hand in is decoded, and a scanner is driven, in a process of its
/// own that ends with its parent (capture_worker/run_worker.h): `program`, started with --worker=import or
/// --worker=scan.
struct WorkerSettings {
  /// The kiosk names bangwu-capture-worker; tests are their own workers.
  std::filesystem::path program = "/proc/self/exe";
  /// "NAME=value", added to PATH, HOME, TZ and LANG. For tests: SANE_CONFIG_DIR, say. Never a visitor's data.
  std::vector<std::string> environment{};
};

}  // namespace bangwu::capture
