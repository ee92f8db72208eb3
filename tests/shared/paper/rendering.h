#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/file.h"

namespace bangwu::paper {

/// A picture in grey: 0 is black, 255 is white.
struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<unsigned char> pixels;

  [[nodiscard]] unsigned char at(std::size_t x, std::size_t y) const { return pixels[y * width + x]; }
};

/// A PDF as a reader that is not ours (poppler) sees it.
struct ReadPdf {
  double width = 0, height = 0;    ///< of the first page, in points
  std::vector<std::string> texts;  ///< of each page
  std::vector<Picture> pages;
};

/// Renders every page at `dots_per_inch`. The test fails when poppler cannot read the document.
ReadPdf read_pdf(const base::Bytes& pdf, double dots_per_inch);

/// What a telephone's camera app would say: the texts of the QR codes in the picture.
std::vector<std::string> codes_in(const Picture& picture);

}  // namespace bangwu::paper
