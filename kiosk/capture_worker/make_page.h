#pragma once
#include "capture_worker/document.h"
#include "capture_worker/picture.h"

namespace bangwu::capture_worker {
using capture::CapturedPage;

struct PreviewSizes {
  int preview_px = 0;
  int thumbnail_px = 0;
};

/// Whether a picture file's own bytes can be the page, as CapturedPage::encoded promises.
[[nodiscard]] bool can_stay_as_it_is(const DecodedPicture& picture, std::int64_t kept_pixels);

/// A page that stands for a picture file: its own bytes stay where they are, `encoded` is empty.
[[nodiscard]] CapturedPage page_of_file(const DecodedPicture& picture, const char* media_type, PreviewSizes sizes);

/// A page rendered, scanned or made anew: encoded as a JPEG of quality 85. Faults: internal (no memory),
/// too_many_pixels (longer than an answer may be).
[[nodiscard]] tl::expected<CapturedPage, domain::PageFault> page_of_raster(const RenderedPage& rendered,
                                                                           PreviewSizes sizes);

}  // namespace bangwu::capture_worker
