#include "capture/listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "capture/file_kind.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;

constexpr int kMostNames = 20'000;          ///< seen; a stick with more is listed as far as that
constexpr std::size_t kMostOpened = 3'000;  ///< the newest files, whose first bytes are looked at

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using OpenDirectory = std::unique_ptr<DIR, DirectoryCloser>;

bool is_passed_over(std::string_view name) {
  return name.starts_with('.') || name == "$RECYCLE.BIN" || name == "System Volume Information";
}

/// Goes through the folders level by level and gathers files, with size and time, and the folders below the last level.
class Walk {
 public:
  Walk(const Listing& listing, const ImportLimits& limits, const CancelToken& cancel)
      : listing_(listing), limits_(limits), cancel_(cancel) {}

  PageFault run() {
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      const PageFault fault = enter(Names(ways_[i]));
      // A folder whose sectors are bad says so, and hides none of the others.
      if (fault == PageFault::media_removed && i > 0 && is_still_there(listing_)) {
        ListedFile folder{.entry = {}, .way = ways_[i]};
        folder.entry.kind = FileKind::folder;
        folder.entry.fault = PageFault::file_damaged;
        files_.push_back(std::move(folder));
      } else if (fault != PageFault::none) {
        return fault;
      }
    }
    return PageFault::none;
  }

  [[nodiscard]] std::vector<ListedFile> take() { return std::move(files_); }

 private:
  PageFault enter(const Names& way) {
    auto handle = open_directory(listing_.root, way);
    if (!handle) {
      // A folder that may not be read is passed over.
      return !way.empty() && handle.error() == PageFault::file_gone ? PageFault::none : handle.error();
    }
    const OpenDirectory directory(::fdopendir(handle->get()));
    if (!directory) {
      return PageFault::internal;
    }
    handle->release();
    while (names_ < kMostNames) {
      if (cancel_.is_cancelled()) {
        return PageFault::cancelled;
      }
      errno = 0;
      const dirent* found = ::readdir(directory.get());
      if (found == nullptr) {
        return errno == 0 ? PageFault::none : PageFault::media_removed;
      }
      ++names_;
      look_at(::dirfd(directory.get()), way, found->d_name);
    }
    return PageFault::none;
  }

  void look_at(int directory, const Names& way, const char* name) {
    struct stat status {};
    if (is_passed_over(name) || ::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      return;
    }
    Names further = way;
    further.emplace_back(name);
    const bool is_folder = S_ISDIR(status.st_mode);
    if (is_folder && static_cast<int>(further.size()) < limits_.max_depth) {
      ways_.push_back(std::move(further));
    } else if (is_folder || S_ISREG(status.st_mode)) {
      ListedFile file{.entry = {}, .way = std::move(further)};
      file.entry.kind = is_folder ? FileKind::folder : FileKind::unknown;
      file.entry.size = is_folder ? 0 : static_cast<std::uint64_t>(status.st_size);
      file.entry.modified = std::chrono::sys_seconds(std::chrono::seconds(status.st_mtim.tv_sec));
      files_.push_back(std::move(file));
    }
  }

  const Listing& listing_;  // the root and its device
  const ImportLimits& limits_;
  const CancelToken& cancel_;
  int names_ = 0;
  std::vector<Names> ways_{{}};  ///< of folders to enter, the uppermost first
  std::vector<ListedFile> files_;
};

std::string folder_of(const Names& way) {
  std::string folder;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    folder += (i == 0 ? "" : "/") + clean_name(way[i]);
  }
  return folder;
}

/// Fills in what a look at the first bytes tells. Faults: media_removed, cancelled.
PageFault describe(ListedFile& file, const Listing& listing, const ImportLimits& limits, const CancelToken& cancel) {
  FileEntry& entry = file.entry;
  entry.display_name = clean_name(file.way.back());
  entry.folder = folder_of(file.way);
  if (entry.kind == FileKind::folder) {
    entry.fault = entry.fault == PageFault::none ? fault_of_kind(entry.kind) : entry.fault;
    return PageFault::none;
  }
  if (entry.size == 0) {
    entry.fault = PageFault::file_empty;
    return PageFault::none;
  }
  const auto open = open_file(listing.root, file.way);
  const auto first = open ? read_bytes(*open, kBytesToTellKind, cancel)
                          : tl::expected<base::Bytes, PageFault>(tl::unexpected(open.error()));
  if (!first) {
    // Bad sectors below one file are that file's; the others may be sound.
    const PageFault fault = fault_of_file(first.error(), listing);
    const bool ends_the_list = fault == PageFault::media_removed || fault == PageFault::cancelled;
    entry.fault = fault;
    return ends_the_list ? fault : PageFault::none;
  }
  entry.kind = kind_of_file(*first, file.way.back());
  entry.fault = fault_of_kind(entry.kind);
  if (entry.fault == PageFault::none && entry.size > limits.max_file_bytes) {
    entry.fault = PageFault::file_too_large;
  }
  return PageFault::none;
}

/// Neither by content nor by name anything that could be handed in: films, music, programs.
bool is_none_of_ours(const ListedFile& file) {
  return file.entry.kind == FileKind::unknown && !promises_pages(file.way.back());
}

/// Too many: those that cannot be taken give way, the folders first, then the oldest.
void keep_the_best(std::vector<ListedFile>& files, std::size_t most) {
  std::size_t beyond = files.size() - std::min(files.size(), most);
  for (auto file = files.end(); beyond > 0 && file != files.begin();) {
    --file;
    if (file->entry.fault != PageFault::none) {
      file = files.erase(file);
      --beyond;
    }
  }
  files.resize(std::min(files.size(), most));
}

bool is_before(const ListedFile& a, const ListedFile& b) {
  const bool is_folder = a.entry.kind == FileKind::folder;
  if (is_folder != (b.entry.kind == FileKind::folder)) {
    return !is_folder;
  }
  return a.entry.modified != b.entry.modified ? a.entry.modified > b.entry.modified : a.way < b.way;
}

}  // namespace

PageFault fault_of_file(PageFault fault, const Listing& listing) {
  const bool may_be_the_medium =
      fault == PageFault::media_removed || fault == PageFault::file_gone || fault == PageFault::file_damaged;
  if (may_be_the_medium && !is_still_there(listing)) {
    return PageFault::media_removed;
  }
  return fault == PageFault::media_removed ? PageFault::file_damaged : fault;
}

tl::expected<Listing, PageFault> list_directory(const std::filesystem::path& root, const ImportLimits& limits,
                                                std::uint32_t first_token, const CancelToken& cancel) {
  Listing listing{.root = root, .device = 0, .files = {}};
  struct stat status {};
  if (::stat(root.c_str(), &status) != 0) {
    return tl::unexpected(PageFault::media_removed);
  }
  listing.device = status.st_dev;
  Walk walk(listing, limits, cancel);
  if (const PageFault fault = walk.run(); fault != PageFault::none) {
    return tl::unexpected(fault);
  }
  listing.files = walk.take();
  std::ranges::sort(listing.files, is_before);
  listing.files.resize(std::min(listing.files.size(), kMostOpened));
  for (ListedFile& file : listing.files) {
    if (const PageFault fault = describe(file, listing, limits, cancel); fault != PageFault::none) {
      return tl::unexpected(fault);
    }
  }
  std::erase_if(listing.files, is_none_of_ours);
  keep_the_best(listing.files, static_cast<std::size_t>(limits.max_files));
  for (ListedFile& file : listing.files) {
    file.entry.token = first_token++;
  }
  return listing;
}

bool is_still_there(const Listing& listing) {
  struct stat status {};
  if (::stat(listing.root.c_str(), &status) != 0 || status.st_dev != listing.device) {
    return false;
  }
  // What has no disk of its own (major number 0) cannot be unplugged.
  const std::string disks = "/sys/dev/block/";
  const std::string disk = disks + std::to_string(major(status.st_dev)) + ":" + std::to_string(minor(status.st_dev));
  return major(status.st_dev) == 0 || ::access(disks.c_str(), F_OK) != 0 || ::access(disk.c_str(), F_OK) == 0;
}

}  // namespace bangwu::capture
