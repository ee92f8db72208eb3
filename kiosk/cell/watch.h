#pragma once
#include <sys/types.h>

#include "base/result.h"

namespace bangwu::cell {

/// Whether the kernel says of a process that it is shut in: system calls filtered, no new powers, none left. Asked by
/// the process that started it, which does not believe what it is told. `unsupported` with what stands against it.
[[nodiscard]] base::Result<void> look_at(pid_t process);

}  // namespace bangwu::cell
