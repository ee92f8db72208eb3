#pragma once
#include <cstdint>
#include <filesystem>

namespace bangwu::bench {

/// Copies the one item that waits in this outbox until there are so many, each with an id, a number and a size of its
/// own: a queue that grew while the network was down for months. Throws std::runtime_error.
void multiply_items(const std::filesystem::path& outbox_directory, std::int64_t count);

}  // namespace bangwu::bench
