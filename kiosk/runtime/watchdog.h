#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/job_queue.h"
#include "runtime/mailbox.h"

namespace bangwu::runtime {

enum class Hang { begun, over };

/// A thread that is watched: one that has work and shows no sign of life in `patience` looks hangs.
struct Watched {
  std::string name;
  std::function<SignOfLife()> look;  ///< called on the watchdog's thread
  int patience = 4;
  /// What can be done without: this is told on the watchdog's thread. Absent: without it the machine is no machine.
  std::function<void(Hang)> tell{};
};

void log_hang(const std::string& device, Hang hang);
/// A device's thread: given up when it hangs, taken back when it moves again, and said so to the log and to staff.
/// Borrows both.
template <class Thread>
[[nodiscard]] Watched watched_device(const std::string& name, Thread& thread, session::MachineFault fault,
                                     Mailbox& mailbox, int patience) {
  const auto tell = [=, &thread, &mailbox](Hang hang) {
    log_hang(name, hang);
    if (hang == Hang::begun) {
      thread.give_up();
      mailbox.post(kNoVisit, session::FaultFound{fault});
    } else {
      thread.take_back();
      mailbox.post(kNoVisit, session::FaultGone{fault});
    }
  };
  return {.name = name, .look = [&thread] { return thread.sign_of_life(); }, .patience = patience, .tell = tell};
}

/// Wakes the UI thread every `each` and looks at all threads. When one hangs that cannot be done without it ends the
/// process (exit 70, EX_SOFTWARE): the service manager starts it anew, what was accepted is on the disk, and what was
/// not is gone with its key.
[[nodiscard]] std::jthread start_watchdog(std::vector<Watched> watched, std::function<void()> wake,
                                          std::chrono::milliseconds each = std::chrono::seconds{15});

}  // namespace bangwu::runtime
