#pragma once
#include <map>
#include <optional>
#include <variant>

#include "base/clock.h"

/// The machine's own state, as far as visitors and staff must know it.
namespace bangwu::session {

/// In the order of what is said first.
enum class MachineFault {
  // no visit may begin: what it would hand in could not be kept, or would not arrive
  queue_lost,           ///< the queue's database is lost, damaged or older than what was promised
  not_started,          ///< something else kept the program from starting its work
  not_enrolled,         ///< known to no central service
  revoked,              ///< staff of the central service ended its enrolment
  unknown_machine,      ///< the central service does not know it any more
  shared_identity,      ///< another machine uses its identity
  courier_not_started,  ///< nothing leaves
  no_room,              ///< too little disk for another visit, or it cannot be written
  no_items,             ///< the catalogue has nothing that can be applied for
  // of these only staff are told
  dead_items,      ///< something in the queue will not leave by itself
  gives_again,     ///< the central service was restored and is given what it lost
  disk_is_older,   ///< this machine's disk was put back from an older copy
  clock_wrong,     ///< before the day this program was built
  scanner_stuck,   ///< a device does not answer: it is given up until it does
  sticks_stuck,    ///< sticks, and the folders looked at like them
  pictures_stuck,  ///< what draws captured pages anew
  paper_stuck,     ///< what makes and writes slips
};
inline constexpr MachineFault kLastMachineFault = MachineFault::paper_stuck;

/// No visit may begin. Of the others staff are told.
[[nodiscard]] constexpr bool keeps_visitors_out(MachineFault fault) { return fault <= MachineFault::no_items; }

/// What is wrong now, each with when it was first seen; no time under a wrong clock.
using MachineFaults = std::map<MachineFault, std::optional<base::SystemTime>>;

struct FaultFound {
  MachineFault fault;
  bool operator==(const FaultFound&) const = default;
};
struct FaultGone {
  MachineFault fault;
  bool operator==(const FaultGone&) const = default;
};
/// From whichever worker sees it; each fault has one that says both.
using MachineNews = std::variant<FaultFound, FaultGone>;

}  // namespace bangwu::session
