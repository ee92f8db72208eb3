#pragma once
#include <span>

namespace bangwu::store {

inline constexpr int kSchemaVersion = 4;

/// The statements that lead from each schema version to the next, for sqlite::migrate(), with foreign keys off.
[[nodiscard]] std::span<const char* const> sqlite_schema_steps();

}  // namespace bangwu::store
