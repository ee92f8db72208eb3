#pragma once
#include "base/result.h"
#include "store/sqlite.h"

namespace bangwu::store {

inline constexpr int kSchemaVersion = 1;

/// Brings the database to kSchemaVersion, one version after the other, all in one transaction. `unsupported` if it is
/// newer than this program.
[[nodiscard]] base::Result<void> migrate(Connection& connection);

}  // namespace bangwu::store
