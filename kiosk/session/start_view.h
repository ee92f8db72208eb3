#pragma once

namespace bangwu::session {

/// Why no visit may begin now, if so.
struct ClosedReason {
  bool no_room = false, not_enrolled = false, cannot_deliver = false;
};
struct StartView {
  ClosedReason closed;
  bool catalogue_is_empty = false;
};

}  // namespace bangwu::session
