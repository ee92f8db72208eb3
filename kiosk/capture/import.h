#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "capture/cancel_token.h"
#include "capture/decoded_page.h"
#include "capture/places.h"
#include "capture/worker.h"

namespace bangwu::capture {

/// Those up to tiff are read; the others are told apart so that a person hears what to do with them.
enum class FileKind { unknown, jpeg, png, pdf, tiff, heic, bmp, gif, webp, other_picture, ofd, office, folder };

struct ImportLimits {
  int max_pages = 50;                      ///< of one file; more: too_many_pages
  std::int64_t max_pixels = 250'000'000;   ///< of one picture; more: too_many_pixels, before it is decoded
  std::int64_t kept_pixels = 67'000'000;   ///< of one page handed in; a larger one is scaled down to it. Enough for A0
                                           ///< at 200 dots an inch and for what phones call 64 megapixels
  std::size_t max_file_bytes = 64U << 20;  ///< more: file_too_large
  int max_files = 500;                     ///< listed
  int max_depth = 3;                       ///< 1: the directory's own files only; a folder below it is folder_too_deep
  int preview_px = 1400;
  int thumbnail_px = 440;
  /// A decoder that says nothing for longer is stopped: file_too_complex.
  std::chrono::milliseconds silence_limit{20'000};
  /// A page of a document that takes longer is stopped: page_too_complex. Honest ones take up to 7 s.
  std::chrono::milliseconds page_limit{10'000};
};

/// What to do with a document of which single pages cannot be read.
enum class UnreadablePages { refuse, leave_out };

/// A file that can be chosen, or that says why it cannot.
struct FileEntry {
  std::uint32_t token = 0;            ///< what import_file() takes; see list_files()
  std::string display_name;           ///< see clean_name()
  std::string folder;                 ///< below the place, cleaned; empty: directly in it
  FileKind kind = FileKind::unknown;  ///< by its first bytes; `folder`: one that lies too deep
  std::uint64_t size = 0;             ///< bytes
  std::chrono::sys_seconds modified{};
  domain::PageFault fault = domain::PageFault::none;  ///< why it cannot be taken, as far as a look at it tells
};

/// Takes pages out of the files a visitor brought. All functions block and belong to one thread, which has to live as
/// long as this object: workers end with the thread that started them. Nothing of a file is decoded in this process;
/// each file gets a fresh worker, which is started ahead of time.
class Importer {
 public:
  explicit Importer(WorkerSettings worker = {}, ImportLimits limits = {});
  Importer(Importer&&) noexcept;
  Importer& operator=(Importer&&) noexcept;
  ~Importer();

  /// Starts a worker ahead of time, so that the first file or preview does not wait for it. Optional.
  void warm_up();

  /// JPEG, PNG, PDF and TIFF files in a directory and below, whatever their names end with, newest first; among them,
  /// with their fault, files that look like a document or a picture but cannot be taken, and behind all the folders
  /// that lie too deep. Other files, hidden ones, symbolic links and special files are left out; where there are more
  /// than max_files those with a fault give way. A file
  /// that is as it was in the place's listing before keeps its token; all other tokens of that are file_gone from now
  /// on, and no token is ever given to another file. A file or a folder that cannot be read is listed as file_damaged.
  /// Faults: media_removed (the directory is gone or fails), cancelled.
  [[nodiscard]] tl::expected<std::vector<FileEntry>, domain::PageFault> list_files(const Place& place,
                                                                                   const CancelToken& cancel);

  /// Reads the listed file whole, then gives its pages one by one as they are ready. A file arrives whole or not at
  /// all: after any fault drop the pages of this file that on_page has taken. The file is read before any page is
  /// given, so a stick pulled out leaves none. The content decides what a file is, not its name. Faults: those of a
  /// file (domain/page_fault.h; file_damaged also when the decoder crashed or lied, file_too_complex when it hung),
  /// media_removed, cancelled, internal (no worker), and whatever on_page returned. Those of a page (page_…) name
  /// the page (Outcome::page): asked to leave such pages out, it gives the others, and the fault only if none is left.
  [[nodiscard]] Outcome import_file(std::uint32_t token, const PageSink& sink, const CancelToken& cancel,
                                    UnreadablePages unreadable = UnreadablePages::refuse);

  /// A picture of a page that was captured earlier, long side ≤ max_px (at most 4096), not turned. `media_type` as in
  /// CapturedPage. About 45 ms for an A4 page of 300 dots an inch. Faults as import_file().
  [[nodiscard]] tl::expected<Raster, domain::PageFault> render_preview(std::span<const std::uint8_t> encoded,
                                                                       std::string_view media_type, int max_px,
                                                                       const CancelToken& cancel);

  /// The end of a visit: forgets the listing (names are the visitor's) and ends the worker that saw his pages.
  void forget();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::capture
