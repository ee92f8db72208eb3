#pragma once
#include <cstdint>

namespace bangwu::session {

/// Names one thing to store. Given once and never again while the process lives.
using Ticket = std::uint64_t;

}  // namespace bangwu::session
