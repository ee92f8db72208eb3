#include <cairo-pdf.h>

#include <cstdlib>
#include <stdexcept>

#include "base/file.h"
#include "sample_files.h"

/// cairo leaks 768 bytes for each face it puts into a PDF, and fontconfig keeps some memory to the end of the program;
/// a build with sanitizers asks here.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo.so.2\nleak:libfontconfig.so.1\n"; }

namespace bangwu::capture::test {
namespace {

cairo_status_t pdf_write(void* closure, const unsigned char* data, unsigned int length) {
  auto& bytes = *static_cast<base::Bytes*>(closure);
  bytes.insert(bytes.end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

base::Bytes qpdf(const base::Bytes& pdf, const std::string& options) {
  const Folder folder;
  const auto from = folder.put("from.pdf", pdf);
  const auto to = folder.path() / "to.pdf";
  const std::string command = "qpdf " + options + " '" + from.string() + "' '" + to.string() + "'";
  if (std::system(command.c_str()) != 0) {
    throw std::runtime_error("qpdf did not run");
  }
  return *base::read_binary_file(to);
}

}  // namespace

base::Bytes pdf_file(int pages, double width_points, double height_points) {
  base::Bytes file;
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(pdf_write, &file, width_points, height_points);
  cairo_t* pen = cairo_create(surface);
  cairo_set_font_size(pen, 11);
  for (int page = 1; page <= pages; ++page) {
    const std::string words = "Page " + std::to_string(page) + " of an application with several lines of writing";
    for (double y = 60; y < height_points - 60; y += 16) {
      cairo_move_to(pen, 50, y);
      cairo_show_text(pen, words.c_str());
    }
    cairo_rectangle(pen, 40, 40, width_points - 80, height_points - 80);
    cairo_stroke(pen);
    cairo_show_page(pen);
  }
  cairo_destroy(pen);
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
  return file;
}

base::Bytes locked_pdf(const std::string& user_password) {
  return qpdf(pdf_file(1), "--encrypt '" + user_password + "' owner 256 --");
}

base::Bytes linear_pdf(int pages) { return qpdf(pdf_file(pages), "--linearize"); }

}  // namespace bangwu::capture::test
