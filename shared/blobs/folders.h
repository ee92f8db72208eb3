#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace bangwu::blobs {

inline constexpr unsigned kFolders = 256;
[[nodiscard]] std::string folder_name(unsigned number);  ///< of a subfolder: "00" to "ff"

/// Names of a folder's entries, read whole before any is removed.
[[nodiscard]] base::Result<std::vector<std::string>> names_in(const std::filesystem::path& folder);

}  // namespace bangwu::blobs
