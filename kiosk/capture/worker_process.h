#pragma once
#include <sys/types.h>

#include <optional>
#include <string>

#include "base/result.h"
#include "capture/channel.h"
#include "capture/worker.h"

namespace bangwu::capture {

enum class WorkerRole { import, scan, hand_out };

inline constexpr int kWorkerSocket = 3;                          ///< the worker's end of its channel
inline constexpr int kWorkerDirectory = 4;                       ///< of hand_out: where it makes files
inline constexpr const char* kHiddenVariable = "BANGWU_HIDDEN";  ///< WorkerSettings::hidden, a line each
[[nodiscard]] const char* argument_of(WorkerRole role);
[[nodiscard]] cell::Purpose purpose_of(WorkerRole role);

/// A running worker, seen from the process that started it; killed with its process group and reaped at the end of its
/// life. The kernel kills it too when the thread that started it ends.
class WorkerProcess {
 public:
  /// `directory` is of hand_out only: lent for the call, the worker gets one of its own.
  [[nodiscard]] static base::Result<WorkerProcess> start(const WorkerSettings& settings, WorkerRole role,
                                                         const base::FileHandle& directory = base::FileHandle());
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&& other) noexcept;
  ~WorkerProcess() { stop(); }

  /// Waits until it says that it is shut in and looks whether the kernel says so too; nothing of a stranger is sent
  /// before. Once that is known it is answered at once. `unsupported`: it is not; `unavailable`: it says nothing;
  /// `cancelled`.
  [[nodiscard]] base::Result<cell::Walls> await_shut_in(const Patience& patience);
  [[nodiscard]] const Channel& channel() const { return channel_; }
  [[nodiscard]] bool is_running();
  /// Waits until it has ended by itself, no longer than this.
  void await_end(std::chrono::milliseconds limit) const;
  /// Kills it if it runs; says how it ended, for the log: "exit 0", "signal 11".
  std::string stop();

 private:
  WorkerProcess(pid_t pid, WorkerRole role, base::FileHandle socket)
      : pid_(pid), role_(role), channel_(std::move(socket)) {}
  pid_t pid_ = -1;  ///< -1: reaped
  WorkerRole role_ = WorkerRole::import;
  int status_ = 0;
  Channel channel_;
  std::optional<cell::Walls> walls_;
};

}  // namespace bangwu::capture
