#pragma once
#include <functional>
#include <string>

#include "base/file.h"
#include "domain/page_fault.h"

namespace bangwu::capture {

/// Pixels to show: `height` rows of `width` × 3 bytes RGB without gaps. Transparent pictures are laid on white.
struct Raster {
  int width = 0;
  int height = 0;
  base::Bytes rgb;
  bool operator==(const Raster&) const = default;
};

/// One page as handed in, whole and decodable, with small pictures of it. Whoever receives it owns it and seals
/// `encoded`; nothing of it was written to a disk.
struct CapturedPage {
  /// A JPEG or PNG file: its own bytes, untouched, if any program that turns it by `quarter_turns` shows it right. All
  /// else is a JPEG of quality 85 in sRGB, upright, its pixels square: a page of a PDF or TIFF, a scanned page, and a
  /// picture file that is mirrored, has pixels that are not square, whose colours are nothing without its profile, or
  /// that is larger than kept_pixels. Such a page has 300 dots an inch unless that would be more than 4961 pixels (A3)
  /// on the long side, then as few as make it that, but never fewer than 200 (an A0 drawing), unless it would be larger
  /// than kept_pixels.
  base::Bytes encoded;
  std::string media_type;  ///< "image/jpeg" or "image/png": what `encoded` is
  int width = 0;           ///< pixels of `encoded`
  int height = 0;
  /// Clockwise quarter turns that show it upright, as its camera noted (Exif 2.32, Orientation); 0 for all others.
  /// `encoded` and both pictures are as stored, not turned.
  int quarter_turns = 0;
  bool looks_blank = false;  ///< see page_checks.h: to be pointed out, never to be dropped
  bool is_reduced = false;   ///< `encoded` has fewer pixels than the file had: to be pointed out
  Raster preview;            ///< long side ≤ ImportLimits::preview_px (1400)
  Raster thumbnail;          ///< long side ≤ ImportLimits::thumbnail_px (440)
};

/// Where a scan or an import is.
struct Progress {
  int page = 1;      ///< the page being worked on, counted from 1
  int pages = 0;     ///< how many there will be; 0: not known (a feeder)
  int percent = -1;  ///< of the current page, 0…100; -1: not known
  bool operator==(const Progress&) const = default;
};

/// Called on the thread that called scan() or import_file(), never after that call has returned. Both must be set.
struct PageSink {
  std::function<void(const Progress&)> on_progress;
  /// Takes a finished page. Anything but `none` (disk_full, say) stops the work, and is its outcome.
  std::function<domain::PageFault(CapturedPage)> on_page;
};

/// How a scan or an import ended.
struct Outcome {
  domain::PageFault fault = domain::PageFault::none;
  int pages = 0;       ///< pages that on_page has taken
  int page = 0;        ///< of the file, counted from 1: the one at fault (page_damaged and its like); else 0
  std::string detail;  ///< for the log; made here, never anything of the file
};

}  // namespace bangwu::capture
