#pragma once
#include <span>

#include "base/result.h"
#include "outbox/database.h"

namespace bangwu::outbox {

/// The statements that lead from each schema version to the next; the first makes version 1. Never changed once
/// released, only appended to.
[[nodiscard]] std::span<const char* const> schema_steps();

/// Brings the database to the last step's version, each step in a transaction of its own. `unsupported` if its version
/// is later than that: another program, newer than this one, has written it.
[[nodiscard]] base::Result<void> migrate(Database& database, std::span<const char* const> steps);

}  // namespace bangwu::outbox
