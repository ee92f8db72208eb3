#pragma once
#include <span>

namespace bangwu::store {

/// The statements that lead from each schema version to the next, for sqlite::migrate().
[[nodiscard]] std::span<const char* const> schema_steps();

}  // namespace bangwu::store
