#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/file.h"
#include "capture/cancel_token.h"
#include "domain/page_fault.h"

namespace bangwu::capture {

/// A way down from a directory, one name after another; none of them may be a symbolic link.
using Names = std::vector<std::string>;

/// What an errno of open, stat or read means to the visitor: the file is gone, or its medium is.
[[nodiscard]] domain::PageFault fault_of_errno(int number);

/// Opens a directory below `root` (root itself may be a link: it is configured, not the visitor's).
[[nodiscard]] tl::expected<base::FileHandle, domain::PageFault> open_directory(const std::filesystem::path& root,
                                                                               const Names& way);

/// A regular file, open for reading; special files and links are file_gone.
struct OpenFile {
  base::FileHandle handle;
  struct stat status {};
};
[[nodiscard]] tl::expected<OpenFile, domain::PageFault> open_file(const std::filesystem::path& root, const Names& way);

/// Reads at most `most` bytes from where the file stands. Faults: media_removed (or only the file's own sectors are
/// bad: listing.h tells which), cancelled.
[[nodiscard]] tl::expected<base::Bytes, domain::PageFault> read_bytes(const OpenFile& file, std::size_t most,
                                                                      const CancelToken& cancel);

}  // namespace bangwu::capture
