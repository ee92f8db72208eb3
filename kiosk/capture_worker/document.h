#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <tl/expected.hpp>

#include "capture/decoded_page.h"
#include "capture_worker/scale_down.h"

namespace bangwu::capture_worker {
using capture::Raster;

inline constexpr int kDotsPerInch = 300;
inline constexpr int kFewestDots = 200;     ///< an inch: the print of a plan is still legible
inline constexpr int kLongestSide = 4'961;  ///< A3 at 300 dots an inch

struct RenderedPage {
  Raster raster;
  int dots_per_inch = kDotsPerInch;
  bool is_reduced = false;  ///< see CapturedPage
};

/// How large a page is kept that has `size` at so many dots an inch: as CapturedPage::encoded promises.
[[nodiscard]] PixelSize kept_size(PixelSize size, double dots_per_inch, std::int64_t kept_pixels);

struct DocumentLimits {
  int max_pages = 0;             ///< more: too_many_pages
  std::int64_t max_pixels = 0;   ///< of one picture in the file; more: too_many_pixels
  std::int64_t kept_pixels = 0;  ///< of one rendered page
};

/// A file of several pages. Only workers open one. The file's bytes are borrowed and outlive it.
class Document {
 public:
  virtual ~Document() = default;
  [[nodiscard]] virtual int pages() const = 0;
  /// What is known to be wrong with page `index` before it is drawn: page_damaged, page_shape.
  [[nodiscard]] virtual domain::PageFault fault_of(int) const { return domain::PageFault::none; }
  /// Page `index`, counted from 0, at its kept_size(). page_damaged, page_shape: of this page; any other fault is the
  /// document's.
  [[nodiscard]] virtual tl::expected<RenderedPage, domain::PageFault> render(int index) = 0;
};
using OpenedDocument = tl::expected<std::unique_ptr<Document>, domain::PageFault>;

/// PDF: judged and mended by prepare_pdf(), drawn by poppler.
[[nodiscard]] OpenedDocument open_pdf(std::span<const std::uint8_t> file, const DocumentLimits& limits);

/// TIFF by libtiff: each full picture in it is a page, upright and with square pixels; thumbnails, marked or not, and
/// masks are passed over. A file whose chain of pages breaks off, or whose pages lie beyond its end, is file_damaged as
/// a whole; depths and codings that are not read are picture_kind.
[[nodiscard]] OpenedDocument open_tiff(std::span<const std::uint8_t> file, const DocumentLimits& limits);

}  // namespace bangwu::capture_worker
