#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "domain/page_fault.h"
#include "session/ticket.h"

namespace bangwu::session {

enum class CaptureSource { flatbed, feeder, files };
/// A page of this visit; never used again in another.
using PageKey = std::uint64_t;

// --- what a visitor did
struct MaterialOpened {
  std::string material;
  bool operator==(const MaterialOpened&) const = default;
};
struct SourceChosen {
  CaptureSource source;
  bool operator==(const SourceChosen&) const = default;
};
/// Of a document with pages that cannot be read: nothing unless all can, or those that can.
enum class FilePages { all, readable };
struct FileChosen {
  std::uint64_t file;
  FilePages pages = FilePages::all;
  bool operator==(const FileChosen&) const = default;
};
struct CaptureStopped {
  bool operator==(const CaptureStopped&) const = default;
};  ///< 取消 while scanning or reading
struct PageOpened {
  std::size_t page;
  bool operator==(const PageOpened&) const = default;
};
struct PageTurned {
  bool operator==(const PageTurned&) const = default;
};  ///< a quarter clockwise
struct PageMoved {
  int places;
  bool operator==(const PageMoved&) const = default;
};  ///< −1 earlier, +1 later
struct PageRetaken {
  bool operator==(const PageRetaken&) const = default;
};
struct PageRemoved {
  bool operator==(const PageRemoved&) const = default;
};

// --- what the devices found
struct ScannersListed {
  bool flatbed = false, feeder = false;
  bool operator==(const ScannersListed&) const = default;
};
struct FileOffer {
  std::uint64_t file = 0;                             ///< token, valid until the next listing
  std::string name;                                   ///< as on the medium, cleaned for display
  std::string kind;                                   ///< "JPEG", "PNG", "PDF", "TIFF", "HEIC" …; empty: not known
  std::uint64_t size = 0;                             ///< bytes
  domain::PageFault fault = domain::PageFault::none;  ///< why it cannot be chosen
  bool operator==(const FileOffer&) const = default;
};
/// What lies on the stick now: an answer to ListFiles, and by itself whenever a stick comes or goes. The list before it
/// is void.
struct FilesListed {
  std::vector<FileOffer> files;
  bool medium_present = false;  ///< a stick or a configured folder is there
  bool operator==(const FilesListed&) const = default;
};
struct CaptureProgressed {
  int percent = -1;  ///< of the current page; −1 unknown
  int pages = 0;     ///< finished so far
  bool operator==(const CaptureProgressed&) const = default;
};
struct PageCaptured {  ///< sealed and on disk
  PageKey key = 0;
  std::string sha256, media_type;
  int width = 0, height = 0;
  int quarter_turns = 0;  ///< clockwise, as its camera noted
  bool looks_blank = false;
  bool is_reduced = false;  ///< kept with fewer pixels than it had
  bool operator==(const PageCaptured&) const = default;
};
struct CaptureEnded {
  domain::PageFault fault;
  int page = 0;  ///< of the file, counted from 1: the one at fault; 0: the file as a whole
  bool operator==(const CaptureEnded&) const = default;
};

namespace capture {
using Message = std::variant<MaterialOpened, SourceChosen, FileChosen, CaptureStopped, PageOpened, PageTurned,
                             PageMoved, PageRetaken, PageRemoved>;
using Found = std::variant<ScannersListed, FilesListed, CaptureProgressed, PageCaptured, CaptureEnded>;
}  // namespace capture

}  // namespace bangwu::session
