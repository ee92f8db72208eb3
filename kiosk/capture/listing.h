#pragma once
#include <sys/types.h>

#include "capture/file_reader.h"
#include "capture/import.h"

namespace bangwu::capture {

struct ListedFile {
  FileEntry entry;
  Names way;  ///< from the listing's root; as the directory has them
};

/// What was found below a directory at one time.
struct Listing {
  std::filesystem::path root;
  dev_t device = 0;  ///< the root's: another one there later is another medium
  std::vector<ListedFile> files;
};

/// See Importer::list_files; tokens count from `first_token`.
[[nodiscard]] tl::expected<Listing, domain::PageFault> list_directory(const std::filesystem::path& root,
                                                                      const ImportLimits& limits,
                                                                      std::uint32_t first_token,
                                                                      const CancelToken& cancel);

/// Whether what was listed at the root is still mounted there, and its disk still plugged in: a mount outlives it for a
/// while.
[[nodiscard]] bool is_still_there(const Listing& listing);

/// What a fault of reading one file is: media_removed if the medium is gone, whatever it looked like; file_damaged if
/// the file cannot be read although the medium is there.
[[nodiscard]] domain::PageFault fault_of_file(domain::PageFault fault, const Listing& listing);

}  // namespace bangwu::capture
