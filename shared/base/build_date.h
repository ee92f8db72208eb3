#pragma once
#include "base/clock.h"

namespace bangwu::base {

/// When the sources this program was built from were last changed: a clock that says less is wrong. From
/// SOURCE_DATE_EPOCH, else from the repository's last commit, else unknown and 0.
[[nodiscard]] SystemTime built_at();

}  // namespace bangwu::base
