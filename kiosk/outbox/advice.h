#pragma once
#include "outbox/state.h"

namespace bangwu::outbox {

/// What happened to an item that waits or is dead, and what staff do about it; technicians read English.
[[nodiscard]] const char* advice_for(Reason reason);

}  // namespace bangwu::outbox
