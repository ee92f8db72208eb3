#include "capture_worker/document.h"

#include <algorithm>
#include <cmath>

namespace bangwu::capture_worker {

PixelSize kept_size(PixelSize size, double dots_per_inch, std::int64_t kept_pixels) {
  const int longest = std::max(size.width, size.height);
  const double share = std::max(static_cast<double>(kLongestSide) / longest, kFewestDots / dots_per_inch);
  return fit_pixels(fit(size, static_cast<int>(std::lround(longest * std::min(share, 1.0)))), kept_pixels);
}

}  // namespace bangwu::capture_worker
