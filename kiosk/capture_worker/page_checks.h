#pragma once
#include "capture/decoded_page.h"

namespace bangwu::capture_worker {
using capture::Raster;

/// Whether a page's preview shows nothing but paper: fewer than one pixel in 5,000 inside its edges is clearly darker
/// than the paper, whatever the paper's tint. A dark page is not blank. Pure; 2–4 ms for 1400 pixels.
[[nodiscard]] bool looks_blank(const Raster& preview);

}  // namespace bangwu::capture_worker
