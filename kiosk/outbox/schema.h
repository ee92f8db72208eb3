#pragma once
#include <span>

namespace bangwu::outbox {

/// The statements that lead from each schema version to the next; the first makes version 1. Never changed once
/// released, only appended to.
[[nodiscard]] std::span<const char* const> schema_steps();

}  // namespace bangwu::outbox
