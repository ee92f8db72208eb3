#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "envelope/keys.h"

namespace bangwu::backup {

inline constexpr const char* kManifest = "manifest.json";

/// Lists every file of the folder but blobs (their names are their hashes) by size and SHA-256, signed with the receipt
/// key: the bytes "bangwu-backup-v1", a line feed and the JSON without the signature. Durable.
[[nodiscard]] base::Result<void> write_manifest(const std::filesystem::path& folder, base::SystemTime made_at,
                                                const envelope::SigningKey& receipt_key);

[[nodiscard]] bool is_backup(const std::filesystem::path& folder);  ///< has a manifest
/// What differs from the manifest, a line each; empty when nothing. Look before anybody opens the database in it.
[[nodiscard]] base::Result<std::vector<std::string>> damage_of_backup(const std::filesystem::path& folder,
                                                                      const envelope::VerifyKey& receipt_key);

}  // namespace bangwu::backup
