// Pictures from a visitor's stick, as the decoder in its cell reads them.
#include "capture/file_kind.h"
#include "capture_worker/document.h"
#include "capture_worker/picture.h"
#include "fuzz/target.h"

using namespace bangwu;
using namespace bangwu::capture_worker;

namespace {

constexpr std::int64_t kMostPixels = 1'000'000;

void look(const Decoding& decoded) {
  if (!decoded) return;
  const auto& raster = decoded->raster;
  const auto pixels = static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height);
  fuzz::expect(raster.rgb.size() == pixels * 3, "a picture has all its pixels");
  fuzz::expect(std::int64_t{decoded->size.width} * decoded->size.height <= kMostPixels, "and no more than allowed");
}

void turn_pages(fuzz::Input file) {
  const auto document = open_tiff(file, {.max_pages = 50, .max_pixels = kMostPixels, .kept_pixels = kMostPixels});
  if (!document) return;
  for (int page = 0; page < (*document)->pages() && page < 4; ++page) {
    const auto rendered = (*document)->render(page);
    if (rendered) fuzz::expect(!rendered->raster.rgb.empty(), "a page has pixels");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Input file(data, size);
  const DecodeLimits limits{kMostPixels, 200};
  switch (capture::kind_of_content(file)) {
    case capture::FileKind::jpeg: look(decode_jpeg(file, limits)); break;
    case capture::FileKind::png: look(decode_png(file, limits)); break;
    case capture::FileKind::tiff: turn_pages(file); break;
    default: break;
  }
  return 0;
}
