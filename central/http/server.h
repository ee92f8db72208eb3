#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/api.h"
#include "http/certificates.h"
#include "http/connections.h"

namespace bangwu::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;       ///< 0: a free one
  std::optional<TlsFiles> tls;  ///< nothing: plain HTTP
  unsigned io_threads = 2;
  ConnectionLimits connections;
  std::chrono::seconds drain{10};  ///< after SIGTERM: how long answers under way are waited for
  std::uint64_t largest_body = 512ULL << 20;
  std::filesystem::path library_folder;  ///< drogon makes folders for bodies it would spool; none is by our settings
  std::function<void(std::uint16_t port)> on_listening;  ///< connections are taken from now on; another thread
};

/// Blocks SIGTERM and SIGINT for the calling thread and those it starts; serve() then waits for them. Called before any
/// thread is started.
void block_end_signals();

/// Serves until SIGTERM or SIGINT, then answers 503 to what is new, waits for what is under way, and returns. Once in a
/// process, on its first thread (drogon's own rule). Each request is logged by method, route, status, milliseconds and
/// kiosk: no paths, no headers, no bodies. Errors: `already_exists` when the port is taken, `io_failed` when the
/// address cannot be listened on.
[[nodiscard]] base::Result<void> serve(const ServerOptions& options, Api& api);

}  // namespace bangwu::http
