#pragma once
#include "base/file.h"

namespace bangwu::outbox {

/// Bytes that look like sealed ones, the same for the same seed.
inline base::Bytes some_bytes(std::size_t size, int seed) {
  base::Bytes bytes(size);
  auto value = static_cast<std::uint32_t>(seed) * 2654435761U + 1;
  for (auto& byte : bytes) {
    value = value * 1664525U + 1013904223U;
    byte = static_cast<std::uint8_t>(value >> 24);
  }
  return bytes;
}

}  // namespace bangwu::outbox
