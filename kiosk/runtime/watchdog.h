#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/job_queue.h"

namespace bangwu::runtime {

/// A thread that is watched: one that has work and shows no sign of life in `patience` looks hangs.
struct Watched {
  std::string name;
  std::function<SignOfLife()> look;  ///< called on the watchdog's thread
  int patience = 4;
};

/// Wakes the UI thread every `each`, looks at all threads, and ends the process (exit 70, EX_SOFTWARE) when one hangs:
/// the service manager starts it anew, what was accepted is on the disk, and what was not is gone with its key.
[[nodiscard]] std::jthread start_watchdog(std::vector<Watched> watched, std::function<void()> wake,
                                          std::chrono::milliseconds each = std::chrono::seconds{15});

}  // namespace bangwu::runtime
