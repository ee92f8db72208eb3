#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "cell/cell.h"

namespace bangwu::capture {

/// Which program a worker process is. What strangers hand in is decoded, and a scanner is driven, in a process of its
/// own, which is shut in (cell/cell.h) and ends with its parent (capture_worker/run_worker.h): `program`, started with
/// --worker=import, --worker=scan or --worker=hand-out.
struct WorkerSettings {
  /// The kiosk names bangwu-capture-worker; tests are their own workers.
  std::filesystem::path program = "/proc/self/exe";
  /// "NAME=value", added to LANG and, for scanners, PATH, HOME and TZ. SANE_CONFIG_DIR, say. Never a visitor's data.
  std::vector<std::string> environment{};
  /// What scanner drivers, which may open files, are not to see: the machine's own data.
  std::vector<std::filesystem::path> hidden{};
};

/// Starts a worker of each role, looks whether all are shut in, and ends them; says which walls stand around the
/// decoder. For the start of a kiosk, which in production does not begin without. `unsupported` when the cell cannot be
/// built here, `unavailable` when the worker does not start.
[[nodiscard]] base::Result<cell::Walls> try_cell(const WorkerSettings& settings);

}  // namespace bangwu::capture
