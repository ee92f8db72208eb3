#pragma once
#include <span>

#include "base/result.h"
#include "sqlite/connection.h"

namespace bangwu::sqlite {

/// Brings the database to the version of the last step, each in a transaction of its own: the first makes version 1.
/// A step is never changed once released, only appended to. Processes may do so at once. `unsupported` if the database
/// is of a later version than that: a newer program has written it, and it is left as it is.
[[nodiscard]] base::Result<void> migrate(Connection& connection, std::span<const char* const> steps);

}  // namespace bangwu::sqlite
