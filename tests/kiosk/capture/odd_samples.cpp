#include "odd_samples.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "png_in_memory.h"

namespace bangwu::capture::test {
namespace {

std::string raw_profile(int orientation) {
  const base::Bytes block = exif_block(orientation);
  std::string text = "\nexif\n" + std::to_string(block.size()) + "\n";
  for (const std::uint8_t byte : block) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return text;
}

void mark_png(png_structp png, png_infop info, int orientation, PngMark mark) {
  if (mark == PngMark::exif) {
    const base::Bytes block = exif_block(orientation);
    base::Bytes structure(block.begin() + 6, block.end());  // without the name before it
    png_set_eXIf_1(png, info, static_cast<png_uint_32>(structure.size()), structure.data());
    return;
  }
  std::string key = mark == PngMark::xmp ? "XML:com.adobe.xmp" : "Raw profile type exif";
  std::string words = mark == PngMark::xmp
                          ? "<rdf:Description tiff:Orientation=\"" + std::to_string(orientation) + "\"/>"
                          : raw_profile(orientation);
  png_text text{};
  text.compression = mark == PngMark::xmp ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_zTXt;
  text.key = key.data();
  text.text = words.data();
  text.text_length = words.size();
  png_set_text(png, info, &text, 1);
}

}  // namespace

Raster page_with_an_f(int width, int height) {
  Raster page = plain_page(width, height, 250);
  const auto paint = [&](double left, double top, double right, double bottom) {
    for (int y = static_cast<int>(top * height); y < static_cast<int>(bottom * height); ++y) {
      for (int x = static_cast<int>(left * width); x < static_cast<int>(right * width); ++x) {
        std::fill_n(page.rgb.begin() + (std::ptrdiff_t{y} * width + x) * 3, 3, std::uint8_t{20});
      }
    }
  };
  paint(0.1, 0.1, 0.2, 0.7);
  paint(0.2, 0.1, 0.5, 0.2);
  paint(0.2, 0.35, 0.4, 0.45);
  return page;
}

bool shows_an_f(const Raster& raster) {
  const auto is_dark = [&](double x, double y) {
    const auto at = (static_cast<std::size_t>(y * raster.height) * static_cast<std::size_t>(raster.width) +
                     static_cast<std::size_t>(x * raster.width)) *
                    3;
    return raster.rgb[at] < 128;
  };
  return is_dark(0.15, 0.6) && is_dark(0.4, 0.15) && is_dark(0.3, 0.4) && !is_dark(0.3, 0.28) && !is_dark(0.6, 0.15) &&
         !is_dark(0.15, 0.85) && !is_dark(0.85, 0.4);
}

Raster stored(const Raster& seen, int orientation) {
  const bool is_on_its_side = orientation >= 5;
  Raster result{is_on_its_side ? seen.height : seen.width, is_on_its_side ? seen.width : seen.height,
                base::Bytes(seen.rgb.size())};
  // Which side of what is seen the first row and the first column are (Exif 2.32, table 6).
  const bool first_row_is_last = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const bool first_column_is_last = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  for (int row = 0; row < result.height; ++row) {
    for (int column = 0; column < result.width; ++column) {
      const int down = first_row_is_last ? result.height - 1 - row : row;
      const int across = first_column_is_last ? result.width - 1 - column : column;
      const std::ptrdiff_t pixel =
          is_on_its_side ? std::ptrdiff_t{across} * seen.width + down : std::ptrdiff_t{down} * seen.width + across;
      std::copy_n(seen.rgb.begin() + pixel * 3, 3,
                  result.rgb.begin() + (std::ptrdiff_t{row} * result.width + column) * 3);
    }
  }
  return result;
}

base::Bytes png_lying(const Raster& raster, int orientation, PngMark mark) {
  PngInMemory png(raster.width, raster.height, 8, PNG_COLOR_TYPE_RGB);
  mark_png(png.png, png.info, orientation, mark);
  png_write_info(png.png, png.info);
  for (int y = 0; y < raster.height; ++y) {
    png_write_row(png.png, raster.rgb.data() + std::size_t{3} * static_cast<std::size_t>(y * raster.width));
  }
  return png.finish();
}

base::Bytes pdf_of(const std::vector<std::string>& objects) {
  std::string file = "%PDF-1.7\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::array<char, 32> entry{};
    std::snprintf(entry.data(), entry.size(), "%010zu 00000 n \n", file.size());
    table += entry.data();
    file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(file.size());
  const std::string size = std::to_string(objects.size() + 1);
  file += "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + size +
          " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
  return {file.begin(), file.end()};
}

base::Bytes pdf_of_pages(const std::vector<PdfPage>& pages, const std::vector<std::string>& further,
                         const std::string& catalogue) {
  std::string kids;
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R " + catalogue + " >>", ""};
  for (std::size_t i = 0; i < pages.size(); ++i) {
    kids += std::to_string(3 + 2 * i) + " 0 R ";
    objects.push_back("<< /Type /Page /Parent 2 0 R /Contents " + std::to_string(4 + 2 * i) + " 0 R " +
                      pages[i].entries + " >>");
    objects.push_back("<< /Length " + std::to_string(pages[i].content.size()) + " >>\nstream\n" + pages[i].content +
                      "\nendstream");
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages.size()) + " >>";
  objects.insert(objects.end(), further.begin(), further.end());
  return pdf_of(objects);
}

int ink_in(const Raster& raster, double left, double top, double right, double bottom) {
  int dark = 0;
  for (int y = static_cast<int>(top * raster.height); y < static_cast<int>(bottom * raster.height); ++y) {
    for (int x = static_cast<int>(left * raster.width); x < static_cast<int>(right * raster.width); ++x) {
      dark += raster.rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) +
                          static_cast<std::size_t>(x)) *
                         3] < 128
                  ? 1
                  : 0;
    }
  }
  return dark;
}

}  // namespace bangwu::capture::test
