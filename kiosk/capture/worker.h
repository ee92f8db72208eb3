#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace bangwu::capture {

/// Which program a worker process is. What strangers hand in is decoded, and a scanner is driven, in a process of its
/// own that ends with its parent: the same program, started again with one of the arguments --worker=import and
/// --worker=scan. It gets one socket, /dev/null as its standard streams, no other descriptor, no core dumps, and limits
/// on memory and processor time; an import worker cannot write to any file.
struct WorkerSettings {
  std::filesystem::path program = "/proc/self/exe";
  /// "NAME=value", added to PATH, HOME, TZ and LANG. For tests: SANE_CONFIG_DIR, say. Never a visitor's data.
  std::vector<std::string> environment{};
};

/// First thing in main(). In a worker process it does the worker's work and ends the process; in any other it returns
/// at once and has done nothing.
void run_worker_if_asked(int argc, char** argv);

}  // namespace bangwu::capture
