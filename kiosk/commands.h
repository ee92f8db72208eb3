#pragma once
#include <span>
#include <string>

namespace bangwu {

/// What the process says when it ends, for service managers and scripts.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,
  kUsedWrongly = 2,
  kBadConfiguration = 3,
  kBadData = 4,  ///< not enrolled, damaged, or in use by another process
};

[[nodiscard]] int run_command(std::span<const std::string> given);
[[nodiscard]] int queue_command(std::span<const std::string> given);
[[nodiscard]] int enrol_command(std::span<const std::string> given);
[[nodiscard]] int check_command(std::span<const std::string> given);

}  // namespace bangwu
