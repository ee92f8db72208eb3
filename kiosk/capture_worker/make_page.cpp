#include "capture_worker/make_page.h"

#include <utility>

#include "capture/messages.h"
#include "capture_worker/page_checks.h"
#include "capture_worker/scale_down.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr int kQuality = 85;
constexpr std::size_t kLargestPage = kAnswerLimit / 2;  // its pictures come along

CapturedPage with_pictures(const Raster& raster, PreviewSizes sizes) {
  CapturedPage page;
  page.preview = scale_down(raster, sizes.preview_px);
  page.thumbnail = scale_down(page.preview, sizes.thumbnail_px);
  page.looks_blank = looks_blank(page.preview);
  return page;
}

}  // namespace

bool can_stay_as_it_is(const DecodedPicture& picture, std::int64_t kept_pixels) {
  return !is_mirrored(picture.orientation) && picture.aspect == 1 && picture.colours == FileColours::plain &&
         std::int64_t{picture.size.width} * picture.size.height <= kept_pixels;
}

CapturedPage page_of_file(const DecodedPicture& picture, const char* media_type, PreviewSizes sizes) {
  CapturedPage page = with_pictures(picture.raster, sizes);
  page.media_type = media_type;
  page.width = picture.size.width;
  page.height = picture.size.height;
  page.quarter_turns = quarter_turns_of(picture.orientation);
  return page;
}

tl::expected<CapturedPage, domain::PageFault> page_of_raster(const RenderedPage& rendered, PreviewSizes sizes) {
  CapturedPage page = with_pictures(rendered.raster, sizes);
  page.encoded = encode_jpeg(rendered.raster, kQuality, rendered.dots_per_inch);
  if (page.encoded.empty()) {
    return tl::unexpected(domain::PageFault::internal);
  }
  if (page.encoded.size() > kLargestPage) {
    return tl::unexpected(domain::PageFault::too_many_pixels);
  }
  page.media_type = "image/jpeg";
  page.is_reduced = rendered.is_reduced;
  page.width = rendered.raster.width;
  page.height = rendered.raster.height;
  return page;
}

}  // namespace bangwu::capture_worker
