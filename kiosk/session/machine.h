#pragma once
#include <set>
#include <variant>

/// The machine's own state, as far as visitors and staff must know it.
namespace bangwu::session {

/// no_room: too little disk for another visit, or it cannot be written. not_enrolled: known to no central service.
/// cannot_deliver: the courier does not run, or the central service does not take this machine's envelopes. dead_items:
/// something in the queue waits for staff. clock_wrong: before the day this program was built.
enum class MachineFault { no_room, not_enrolled, cannot_deliver, dead_items, clock_wrong };
inline constexpr MachineFault kMachineFaults[] = {MachineFault::no_room, MachineFault::not_enrolled,
                                                  MachineFault::cannot_deliver, MachineFault::dead_items,
                                                  MachineFault::clock_wrong};
using MachineFaults = std::set<MachineFault>;

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

/// No visit may begin: what it would hand in could not be kept, or would not arrive. Of the others staff are told.
[[nodiscard]] inline bool keeps_visitors_out(MachineFault fault) {
  return fault == MachineFault::no_room || fault == MachineFault::not_enrolled || fault == MachineFault::cannot_deliver;
}

}  // namespace bangwu::session
