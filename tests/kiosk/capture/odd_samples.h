#pragma once
#include <string>
#include <vector>

#include "sample_files.h"

namespace bangwu::capture::test {

/// White paper with the letter F in its upper left corner: what is turned or mirrored shows.
[[nodiscard]] Raster page_with_an_f(int width, int height);
/// The picture as a camera stores it that lies so (Exif 2.32, Orientation 1 to 8): shown right it is the original.
[[nodiscard]] Raster stored(const Raster& seen, int orientation);
/// Whether a picture shows page_with_an_f() upright and not mirrored.
[[nodiscard]] bool shows_an_f(const Raster& raster);

struct TiffPage {
  Raster raster;
  int orientation = 1;
  double x_dots = 0;  ///< an inch; 0: not told
  double y_dots = 0;
  bool is_thumbnail = false;  ///< marked as one
  int bits = 8;
  bool is_compressed = false;  ///< LZW
};
[[nodiscard]] base::Bytes tiff_of(const std::vector<TiffPage>& pages);
/// A bilevel TIFF (G4, one strip), white with a black frame.
[[nodiscard]] base::Bytes fax_tiff(int width, int height, int dots_per_inch);

enum class PngMark { exif, xmp, raw_profile };
[[nodiscard]] base::Bytes png_lying(const Raster& raster, int orientation, PngMark mark);

/// A PDF of these objects, numbered from 1; the first is the catalogue.
[[nodiscard]] base::Bytes pdf_of(const std::vector<std::string>& objects);
/// The same with a catalogue and as many pages as given, each a page dictionary's own entries and its content. Further
/// objects follow, numbered from 3 + 2 × pages; `catalogue` adds entries to the catalogue.
struct PdfPage {
  std::string entries = "/MediaBox [0 0 595 842]";
  std::string content{};
};
[[nodiscard]] base::Bytes pdf_of_pages(const std::vector<PdfPage>& pages, const std::vector<std::string>& further = {},
                                       const std::string& catalogue = "");
/// How many pixels in a part of a picture (in shares of its sides) are dark.
[[nodiscard]] int ink_in(const Raster& raster, double left, double top, double right, double bottom);

}  // namespace bangwu::capture::test
