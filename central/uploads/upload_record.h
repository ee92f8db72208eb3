#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::uploads {

/// What is kept beside an upload's bytes.
struct UploadRecord {
  std::string kiosk;
  std::uint64_t length = 0;
  std::string sha256;  ///< empty until known
  base::SystemTime expires_at;
  std::string boot;          ///< the boot in which the bytes after `synced` were written
  std::uint64_t synced = 0;  ///< bytes that were on the disk when this was written
  std::string metadata;      ///< the client's Upload-Metadata, given back to it
  bool operator==(const UploadRecord&) const = default;
};

[[nodiscard]] std::string to_json(const UploadRecord& record);
/// `corrupt` for a record torn by a power cut.
[[nodiscard]] base::Result<UploadRecord> record_from_json(std::string_view text);

/// The kernel's name for this boot; empty if it has none, which equals no record's.
[[nodiscard]] std::string current_boot();

}  // namespace bangwu::uploads
