#pragma once
#include "base/result.h"
#include "store/postgres_connection.h"
#include "store/store.h"

namespace bangwu::store {

/// Brings the database to kSchemaVersion, each version in a transaction of its own; programs that start at once wait
/// for each other. `not_found` if it has no schema and `mode` does not make one; `unsupported` if it is newer than this
/// program, or keeps text in another encoding than UTF-8.
[[nodiscard]] base::Result<void> migrate(PostgresConnection& connection, OpenMode mode);

}  // namespace bangwu::store
