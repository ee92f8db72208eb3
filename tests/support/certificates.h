#pragma once
#include <filesystem>
#include <string>

#include "support/fault_server.h"

namespace bangwu::support {

/// A certificate authority made for one test and a server certificate signed by it. Valid for the given host only: an
/// IP address or a name.
struct Certificates {
  std::filesystem::path ca;
  TlsFiles server;
};
[[nodiscard]] Certificates make_certificates(const std::filesystem::path& directory, const std::string& host);

}  // namespace bangwu::support
