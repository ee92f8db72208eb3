#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "capture_worker/document.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

constexpr double kPointsPerInch = 72;

class PdfDocument final : public Document {
 public:
  explicit PdfDocument(std::unique_ptr<poppler::document> document) : document_(std::move(document)) {
    renderer_.set_render_hint(poppler::page_renderer::antialiasing);
    renderer_.set_render_hint(poppler::page_renderer::text_antialiasing);
    renderer_.set_image_format(poppler::image::format_rgb24);
  }

  [[nodiscard]] int pages() const override { return document_->pages(); }

  [[nodiscard]] tl::expected<RenderedPage, PageFault> render(int index) override {
    const std::unique_ptr<poppler::page> page(document_->create_page(index));
    if (!page) {
      return tl::unexpected(PageFault::file_damaged);
    }
    const poppler::rectf box = page->page_rect(poppler::crop_box);
    const double longest = std::max(box.width(), box.height());
    if (!(longest > 0)) {
      return tl::unexpected(PageFault::file_damaged);
    }
    const double dots = std::min<double>(kDotsPerInch, (kLongestSide - 1) * kPointsPerInch / longest);
    const poppler::image image = renderer_.render_page(page.get(), dots, dots);
    if (!image.is_valid() || image.format() != poppler::image::format_rgb24 || image.width() > kLongestSide + 1 ||
        image.height() > kLongestSide + 1) {
      return tl::unexpected(PageFault::file_damaged);
    }
    return RenderedPage{raster_of(image), std::max(1, static_cast<int>(dots))};
  }

 private:
  static Raster raster_of(const poppler::image& image) {
    const std::size_t stride = static_cast<std::size_t>(image.width()) * 3;
    Raster raster{image.width(), image.height(), base::Bytes(stride * static_cast<std::size_t>(image.height()))};
    for (int y = 0; y < raster.height; ++y) {
      std::memcpy(raster.rgb.data() + static_cast<std::size_t>(y) * stride,
                  image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row(), stride);
    }
    return raster;
  }

  std::unique_ptr<poppler::document> document_;
  poppler::page_renderer renderer_;
};

bool has_its_end(std::span<const std::uint8_t> file) {
  constexpr std::size_t kTail = 1'024;
  const auto tail = file.last(std::min(kTail, file.size()));
  const std::string_view text(reinterpret_cast<const char*>(tail.data()), tail.size());
  return text.find("%%EOF") != std::string_view::npos;
}

}  // namespace

OpenedDocument open_pdf(std::span<const std::uint8_t> file) {
  // Its messages may quote the document.
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  if (!has_its_end(file)) {
    return tl::unexpected(PageFault::file_damaged);
  }
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size())));
  if (!document) {
    return tl::unexpected(PageFault::file_damaged);
  }
  if (document->is_locked()) {
    return tl::unexpected(PageFault::file_protected);
  }
  return std::make_unique<PdfDocument>(std::move(document));
}

}  // namespace bangwu::capture_worker
