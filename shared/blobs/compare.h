#pragma once
#include <filesystem>

#include "base/file.h"
#include "base/result.h"
#include "blobs/blob_store.h"

namespace bangwu::blobs {

/// Never through a link.
[[nodiscard]] base::FileHandle open_for_reading(const std::filesystem::path& path);
/// `corrupt` if it is no file or has another size.
[[nodiscard]] base::Result<void> compare_size(const base::FileHandle& file, const std::filesystem::path& path,
                                              const BlobRef& expected);
/// Reads it whole: `corrupt` if size or hash differ.
[[nodiscard]] base::Result<void> compare(const base::FileHandle& file, const std::filesystem::path& path,
                                         const BlobRef& expected);

}  // namespace bangwu::blobs
