#pragma once
#include <cstdint>
#include <utility>

#include "base/file.h"

namespace bangwu::support {

/// A TCP socket that listens on 127.0.0.1, and its port.
struct Listener {
  base::FileHandle socket;
  std::uint16_t port = 0;
};
[[nodiscard]] Listener listen_on_loopback(std::uint16_t port = 0);
/// Waits for a connection; an empty handle once the listener was shut down.
[[nodiscard]] base::FileHandle accept_from(const Listener& listener);
/// An empty handle if nobody listens there.
[[nodiscard]] base::FileHandle connect_to_loopback(std::uint16_t port);

}  // namespace bangwu::support
