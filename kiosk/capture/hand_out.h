#pragma once
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "capture/cancel_token.h"
#include "capture/places.h"
#include "capture/worker.h"

namespace bangwu::capture {

/// What files are handed out to.
struct HandOutRules {
  /// Names as in known_file_systems(): what else is mounted (a disk of the machine's, a share) is no visitor's stick.
  std::vector<std::string> file_systems = {"vfat", "exfat"};
  std::chrono::milliseconds limit{60'000};  ///< a slow stick takes seconds to say that it has everything
};
[[nodiscard]] std::vector<std::string_view> known_file_systems();

/// Writes a new file into the root folder of a medium and returns the name it has there: `name`, or "name (2)" and so
/// on before its ending if that was taken. What was on the medium stays as it was: nothing is replaced, no link is
/// followed, and until the file is whole and on the medium it has a name nobody can foresee. All is done below a handle
/// of the medium's root by a process that can reach nothing else (cell/cell.h). After an error nothing of it is left,
/// unless the medium was pulled out. Blocks; the calling thread outlives the call.
///
/// `not_found`: nothing is mounted there · `unsupported`: its file system is not among the rules' · `invalid_input`: no
/// name of a file · `disk_full` · `unauthorised`: it is locked · `io_failed`: it was pulled out, or fails ·
/// `already_exists`: a hundred such names are taken · `timed_out` · `internal`: no worker, or none that is shut in.
[[nodiscard]] base::Result<std::string> hand_out(const WorkerSettings& worker, const Place& place,
                                                 const std::string& name, std::span<const std::uint8_t> bytes,
                                                 const HandOutRules& rules = {});

}  // namespace bangwu::capture
