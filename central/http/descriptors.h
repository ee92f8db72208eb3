#pragma once
#include <cstdint>

#include "base/result.h"

namespace bangwu::http {

/// Raises the process's limit of open files as far as it may be raised, and tells how many connections of the `wanted`
/// fit: each may write a file of its own, and the service needs some for itself. `unsupported` if hardly any fit.
/// Called before anything is opened.
[[nodiscard]] base::Result<std::uint32_t> make_room_for_connections(std::uint32_t wanted);

}  // namespace bangwu::http
