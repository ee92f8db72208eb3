#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "uploads/uploads.h"

namespace bangwu::http {

/// Decimal digits only.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);

/// The value of "sha256" in an Upload-Metadata header, as 64 lower-case hex digits; empty if the header does not name
/// it. `invalid_input` for a header that is none (tus 1.0.0, "Upload-Metadata") or a value that is no such digest.
[[nodiscard]] base::Result<std::string> sha256_in_metadata(std::string_view header);

/// An Upload-Checksum header: "sha1 <base64>" or "sha256 <base64>". `unsupported` for other algorithms.
[[nodiscard]] base::Result<uploads::Checksum> parse_checksum(std::string_view header);

}  // namespace bangwu::http
