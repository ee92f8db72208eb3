#include "base/log.h"
#include "runtime/device_hands.h"

namespace bangwu::runtime {
namespace {

class PictureHands final : public DeviceHands<PictureJob> {
 public:
  PictureHands(const DeviceSettings& settings, const PageIntake& pages)
      : longest_(settings.import_limits.preview_px), decoder_(settings.worker, settings.import_limits), pages_(pages) {}

  void carry_out(VisitNumber visit, const PictureJob& job, const capture::CancelToken& cancel) override {
    if (const auto* order = std::get_if<LargePictureJob>(&job)) draw(visit, order->key, cancel);
    else decoder_.forget();
  }

 private:
  void draw(VisitNumber visit, session::PageKey key, const capture::CancelToken& cancel) {
    const auto page = pages_.vault().open(visit, key);
    auto raster = page ? decoder_.render_preview(page->bytes, page->media_type, longest_, cancel)
                       : tl::unexpected(domain::PageFault::internal);
    if (raster) return pages_.mailbox().post(visit, PictureReady{key, PictureReady::Size::large, std::move(*raster)});
    base::log(base::LogLevel::warning, "picture.not_drawn", {{"fault", domain::name_of(raster.error())}});
  }

  int longest_;
  capture::Importer decoder_;
  PageIntake pages_;
};

}  // namespace

std::unique_ptr<DeviceHands<PictureJob>> picture_hands(const DeviceSettings& settings, const PageIntake& pages) {
  return std::make_unique<PictureHands>(settings, pages);
}

}  // namespace bangwu::runtime
