#pragma once
#include <sys/types.h>

#include <string>

#include "base/result.h"
#include "capture/channel.h"
#include "capture/worker.h"

namespace bangwu::capture {

enum class WorkerRole { import, scan };

inline constexpr int kWorkerSocket = 3;  ///< the worker's end of its channel
[[nodiscard]] const char* argument_of(WorkerRole role);

/// A running worker, seen from the process that started it; killed with its process group and reaped at the end of its
/// life. The kernel kills it too when the thread that started it ends.
class WorkerProcess {
 public:
  [[nodiscard]] static base::Result<WorkerProcess> start(const WorkerSettings& settings, WorkerRole role);
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&& other) noexcept;
  ~WorkerProcess() { stop(); }

  [[nodiscard]] const Channel& channel() const { return channel_; }
  [[nodiscard]] bool is_running();
  /// Kills it if it runs; says how it ended, for the log: "exit 0", "signal 11".
  std::string stop();

 private:
  WorkerProcess(pid_t pid, base::FileHandle socket) : pid_(pid), channel_(std::move(socket)) {}
  pid_t pid_ = -1;  ///< -1: reaped
  int status_ = 0;
  Channel channel_;
};

}  // namespace bangwu::capture
