#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <tl/expected.hpp>

#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

inline constexpr int kDotsPerInch = 300;
inline constexpr int kLongestSide = 4'961;  ///< A3 at 300 dots an inch

struct RenderedPage {
  Raster raster;
  int dots_per_inch = kDotsPerInch;
};

/// A file of several pages. Only workers open one. The file's bytes are borrowed and outlive it.
class Document {
 public:
  virtual ~Document() = default;
  [[nodiscard]] virtual int pages() const = 0;
  /// Page `index`, counted from 0, at 300 dots an inch or as many as make it kLongestSide.
  [[nodiscard]] virtual tl::expected<RenderedPage, domain::PageFault> render(int index) = 0;
};
using OpenedDocument = tl::expected<std::unique_ptr<Document>, domain::PageFault>;

/// PDF by poppler. file_protected: it needs a password to be read (one that is only locked against changes does not).
/// file_damaged: also when its end is missing (ISO 32000-1, 7.5.5 and Annex H, note 18: %%EOF in the last 1,024 bytes),
/// although poppler would show what is left of it.
[[nodiscard]] OpenedDocument open_pdf(std::span<const std::uint8_t> file);

/// TIFF by libtiff: each full picture in it is a page; thumbnails inside are passed over.
[[nodiscard]] OpenedDocument open_tiff(std::span<const std::uint8_t> file, std::int64_t max_pixels);

}  // namespace bangwu::capture_worker
