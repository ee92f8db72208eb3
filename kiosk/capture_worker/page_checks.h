#pragma once
#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

/// Whether a page's preview shows nothing but paper: fewer than one pixel in 5,000 is clearly darker than the paper in
/// any of its colours, whatever the paper's tint. Shadows that scanners leave at the very edges are not counted,
/// writing near them is. A dark page is not blank. Pure; a few ms for 1400 pixels.
[[nodiscard]] bool looks_blank(const Raster& preview);

}  // namespace bangwu::capture_worker
