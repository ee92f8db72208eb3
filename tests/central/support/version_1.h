#pragma once
#include <filesystem>

namespace bangwu::support {

/// Makes `data` what the program of schema version 1 left behind (version_1/): two cases of T-REVIEW (the first with
/// the purpose 开店 and a rating, the second without a purpose), one of an item nobody knows, a code not yet used.
void lay_out_version_1(const std::filesystem::path& data);

inline constexpr const char* kVersion1Token = "uRie-SpjWK7NbIVuCWxoW-elRnfRlY4yHnlETiutMLA";  ///< of its kiosk
inline constexpr const char* kVersion1Kiosk = "k-Q8DDJRAR2E";

}  // namespace bangwu::support
