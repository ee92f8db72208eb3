#include "shared/paper/rendering.h"

#include <ZXing/ReadBarcode.h>
#include <ZXing/TextUtfEncoding.h>
#include <cairo.h>
#include <gtest/gtest.h>
#include <poppler.h>

// cairo 1.16 leaks 768 bytes for each face it embeds, whatever the text, and fontconfig a table for a process; a
// program of ten lines that sets one word shows the same. LeakSanitizer knows only the libraries' names.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo.so.2\nleak:libfontconfig.so.1\n"; }

namespace bangwu::paper {
namespace {

Picture render(PopplerPage* page, double dots_per_inch) {
  double width = 0, height = 0;
  poppler_page_get_size(page, &width, &height);
  const double scale = dots_per_inch / 72;
  const int columns = static_cast<int>(width * scale), rows = static_cast<int>(height * scale);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
  cairo_t* pen = cairo_create(surface);
  cairo_set_source_rgb(pen, 1, 1, 1);
  cairo_paint(pen);
  cairo_scale(pen, scale, scale);
  poppler_page_render_for_printing(page, pen);
  cairo_destroy(pen);
  cairo_surface_flush(surface);
  Picture picture{static_cast<std::size_t>(columns), static_cast<std::size_t>(rows), {}};
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  for (std::size_t y = 0; y < picture.height; ++y)
    for (std::size_t x = 0; x < picture.width; ++x) {
      const unsigned char* pixel = data + y * stride + 4 * x;
      picture.pixels.push_back(static_cast<unsigned char>((pixel[0] + pixel[1] + pixel[2]) / 3));
    }
  cairo_surface_destroy(surface);
  return picture;
}

}  // namespace

ReadPdf read_pdf(const base::Bytes& pdf, double dots_per_inch) {
  ReadPdf read;
  GBytes* bytes = g_bytes_new(pdf.data(), pdf.size());
  PopplerDocument* document = poppler_document_new_from_bytes(bytes, nullptr, nullptr);
  g_bytes_unref(bytes);
  if (document == nullptr) {
    ADD_FAILURE() << "poppler cannot read the PDF of " << pdf.size() << " bytes";
    return read;
  }
  for (int i = 0; i < poppler_document_get_n_pages(document); ++i) {
    PopplerPage* page = poppler_document_get_page(document, i);
    if (i == 0) poppler_page_get_size(page, &read.width, &read.height);
    char* text = poppler_page_get_text(page);
    read.texts.emplace_back(text);
    g_free(text);
    read.pages.push_back(render(page, dots_per_inch));
    g_object_unref(page);
  }
  g_object_unref(document);
  return read;
}

std::vector<std::string> codes_in(const Picture& picture) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  const auto results = ZXing::ReadBarcodes({picture.pixels.data(), static_cast<int>(picture.width),
                                            static_cast<int>(picture.height), ZXing::ImageFormat::Lum},
                                           hints);
  std::vector<std::string> texts;
  for (const auto& result : results) texts.push_back(ZXing::TextUtfEncoding::ToUtf8(result.text()));
  return texts;
}

}  // namespace bangwu::paper
