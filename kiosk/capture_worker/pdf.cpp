#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "capture_worker/document.h"
#include "capture_worker/fonts.h"
#include "capture_worker/pdf_preparation.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

constexpr double kPointsPerInch = 72;

class PdfDocument final : public Document {
 public:
  PdfDocument(PreparedPdf prepared, std::unique_ptr<poppler::document> document, const DocumentLimits& limits)
      : prepared_(std::move(prepared)), document_(std::move(document)), limits_(limits) {
    renderer_.set_render_hint(poppler::page_renderer::antialiasing);
    renderer_.set_render_hint(poppler::page_renderer::text_antialiasing);
    renderer_.set_image_format(poppler::image::format_rgb24);
  }

  [[nodiscard]] int pages() const override { return document_->pages(); }

  [[nodiscard]] PageFault fault_of(int index) const override {
    return prepared_.page_faults.at(static_cast<std::size_t>(index));
  }

  [[nodiscard]] tl::expected<RenderedPage, PageFault> render(int index) override {
    const std::unique_ptr<poppler::page> page(document_->create_page(index));
    if (!page) {
      return tl::unexpected(PageFault::file_damaged);
    }
    const PixelSize full = seen_size(*page);
    if (full.width < 1 || full.height < 1) {
      return tl::unexpected(PageFault::page_damaged);
    }
    const PixelSize kept = kept_size(full, kDotsPerInch, limits_.kept_pixels);
    const double dots =
        kDotsPerInch * static_cast<double>(std::max(kept.width, kept.height)) / std::max(full.width, full.height);
    const poppler::image image = renderer_.render_page(page.get(), dots, dots);
    constexpr int kRounding = 2;
    if (!image.is_valid() || image.format() != poppler::image::format_rgb24 || image.width() > kept.width + kRounding ||
        image.height() > kept.height + kRounding) {
      return tl::unexpected(PageFault::page_damaged);
    }
    if (prepared_.sizeless.at(static_cast<std::size_t>(index)) && shows_nothing(image)) {
      return tl::unexpected(PageFault::page_damaged);  // the size we gave it does not hold what it draws
    }
    return RenderedPage{raster_of(image), std::max(1, static_cast<int>(dots)), kept != full};
  }

 private:
  /// As the page is drawn: its box is told before it is turned, and drawing turns it (ISO 32000-1, 7.7.3.3, Rotate).
  static PixelSize seen_size(const poppler::page& page) {
    const poppler::rectf box = page.page_rect(poppler::crop_box);
    const auto pixels = [](double points) { return static_cast<int>(points / kPointsPerInch * kDotsPerInch); };
    const PixelSize lying{pixels(box.width()), pixels(box.height())};
    const auto turned = page.orientation();
    const bool is_on_its_side = turned == poppler::page::landscape || turned == poppler::page::seascape;
    return is_on_its_side ? PixelSize{lying.height, lying.width} : lying;
  }

  static bool shows_nothing(const poppler::image& image) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(image.const_data());
    const std::size_t size = static_cast<std::size_t>(image.bytes_per_row()) * static_cast<std::size_t>(image.height());
    return std::all_of(bytes, bytes + size, [](std::uint8_t level) { return level == 0xFF; });
  }

  static Raster raster_of(const poppler::image& image) {
    const std::size_t stride = static_cast<std::size_t>(image.width()) * 3;
    Raster raster{image.width(), image.height(), base::Bytes(stride * static_cast<std::size_t>(image.height()))};
    for (int y = 0; y < raster.height; ++y) {
      std::memcpy(raster.rgb.data() + static_cast<std::size_t>(y) * stride,
                  image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row(), stride);
    }
    return raster;
  }

  PreparedPdf prepared_;  // whose bytes the document reads
  std::unique_ptr<poppler::document> document_;
  DocumentLimits limits_;
  poppler::page_renderer renderer_;
};

}  // namespace

OpenedDocument open_pdf(std::span<const std::uint8_t> file, const DocumentLimits& limits) {
  // Its messages may quote the document.
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  prepare_fonts();
  auto prepared = prepare_pdf(file, limits.max_pages);
  if (!prepared) {
    return tl::unexpected(prepared.error());
  }
  const std::span<const std::uint8_t> drawn = prepared->rewritten.empty() ? file : prepared->rewritten;
  std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(drawn.data()), static_cast<int>(drawn.size())));
  if (!document) {
    return tl::unexpected(PageFault::file_damaged);
  }
  if (document->is_locked()) {
    return tl::unexpected(PageFault::file_protected);
  }
  if (document->pages() != static_cast<int>(prepared->page_faults.size())) {
    return tl::unexpected(PageFault::file_damaged);
  }
  return std::make_unique<PdfDocument>(std::move(*prepared), std::move(document), limits);
}

}  // namespace bangwu::capture_worker
