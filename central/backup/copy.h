#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace bangwu::backup {

/// What a service keeps, or a backup of it: a folder, and its rows in central.db there or, in a service on PostgreSQL,
/// behind a connection string. A backup always has central.db: it is whole in its folder, and can be restored into
/// either.
struct Service {
  std::filesystem::path folder;
  std::string database{};  ///< PostgreSQL's; empty: central.db in the folder
};
[[nodiscard]] base::Result<std::unique_ptr<store::Store>> open_store(const Service& service, store::OpenMode mode);

struct Copied {
  std::uint64_t envelopes = 0, blobs = 0, missing_blobs = 0;
};

/// Copies what a service keeps to another place, whose folder exists: its rows as they are at one moment (they may be
/// added to meanwhile), then every blob its envelopes refer to, then keys/ and tls/. Blobs that are missing or damaged
/// are left out and counted (an erased envelope's may be gone), so that one does not cost the rest. All of it is on the
/// disk when this returns. `corrupt` if the database does not read, `already_exists` if a PostgreSQL database to copy
/// into is not empty.
[[nodiscard]] base::Result<Copied> copy_service(const Service& from, const Service& to);

}  // namespace bangwu::backup
