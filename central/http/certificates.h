#pragma once
#include <filesystem>

#include "base/result.h"

namespace bangwu::http {

struct TlsFiles {
  std::filesystem::path certificate, key;
};

/// A certificate authority (ca.crt, ca.key) and a server certificate signed by it (server.crt, server.key) for
/// localhost, 127.0.0.1 and ::1, in `directory`: EC P-256, ten years. Made once: what is there is used. Keys
/// have mode 0600; every file is durable, server.crt last, so that a crash between leaves nothing half that is used.
[[nodiscard]] base::Result<TlsFiles> local_certificates(const std::filesystem::path& directory);

}  // namespace bangwu::http
