#pragma once
#include "capture_worker/document.h"
#include "capture_worker/picture.h"

namespace bangwu::capture_worker {
using capture::CapturedPage;

struct PreviewSizes {
  int preview_px = 0;
  int thumbnail_px = 0;
};

/// A page that stands for a picture file: its own bytes stay where they are, `encoded` is empty.
[[nodiscard]] CapturedPage page_of_file(const DecodedPicture& picture, const char* media_type, PreviewSizes sizes);

/// A page rendered or scanned: encoded as a JPEG of quality 85. Nothing: no memory.
[[nodiscard]] tl::expected<CapturedPage, domain::PageFault> page_of_raster(const RenderedPage& rendered,
                                                                           PreviewSizes sizes);

}  // namespace bangwu::capture_worker
