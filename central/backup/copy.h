#pragma once
#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace bangwu::backup {

struct Copied {
  std::uint64_t envelopes = 0, blobs = 0, missing_blobs = 0;
};

/// Copies what a service on SQLite keeps from one folder into another that exists: the database as it is at one moment
/// (it may be written to meanwhile), then every blob its envelopes refer to, then keys/ and tls/. Blobs that are
/// missing or damaged are left out and counted (an erased envelope's may be gone), so that one does not cost the rest.
/// All of it is on the disk when this returns. `corrupt` if the database does not read.
[[nodiscard]] base::Result<Copied> copy_service(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace bangwu::backup
