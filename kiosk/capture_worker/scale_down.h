#pragma once
#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

struct PixelSize {
  int width = 0;
  int height = 0;
  bool operator==(const PixelSize&) const = default;
};

/// The size of the same shape whose long side is at most `longest_side`; each side at least 1. Never larger.
[[nodiscard]] PixelSize fit(PixelSize size, int longest_side);

/// The picture at fit(…): each pixel the average of the area it covers, so that fine print turns grey, not ragged.
[[nodiscard]] Raster scale_down(const Raster& raster, int longest_side);

}  // namespace bangwu::capture_worker
