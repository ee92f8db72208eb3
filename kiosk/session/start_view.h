#pragma once
#include <chrono>
#include <optional>
#include <vector>

#include "session/machine.h"

namespace bangwu::session {

/// What staff are told on the machine's own screen: what is wrong and since when. Never anything of a visitor's.
struct StaffNotice {
  MachineFault fault = MachineFault::not_started;
  std::optional<std::chrono::sys_seconds> since;  ///< absent: under a wrong clock
  bool operator==(const StaffNotice&) const = default;
};
struct StartView {
  std::optional<MachineFault> closed;  ///< why no visit may begin now, if so
  std::vector<StaffNotice> staff;      ///< in the order of MachineFault
};

}  // namespace bangwu::session
