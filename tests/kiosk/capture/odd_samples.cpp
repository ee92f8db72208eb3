#include "odd_samples.h"

#include <png.h>
#include <tiffio.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace bangwu::capture::test {
namespace {

struct MemoryStream {
  base::Bytes bytes;
  std::size_t at = 0;
};

tmsize_t stream_write(thandle_t handle, void* data, tmsize_t count) {
  auto& stream = *static_cast<MemoryStream*>(handle);
  const auto size = static_cast<std::size_t>(count);
  stream.bytes.resize(std::max(stream.bytes.size(), stream.at + size));
  std::memcpy(stream.bytes.data() + stream.at, data, size);
  stream.at += size;
  return count;
}

tmsize_t stream_read(thandle_t handle, void* data, tmsize_t count) {
  auto& stream = *static_cast<MemoryStream*>(handle);
  const std::size_t size = std::min(static_cast<std::size_t>(count), stream.bytes.size() - stream.at);
  std::memcpy(data, stream.bytes.data() + stream.at, size);
  stream.at += size;
  return static_cast<tmsize_t>(size);
}

toff_t stream_seek(thandle_t handle, toff_t offset, int whence) {
  auto& stream = *static_cast<MemoryStream*>(handle);
  stream.at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? stream.at + offset : stream.bytes.size() + offset;
  stream.bytes.resize(std::max(stream.bytes.size(), stream.at));
  return stream.at;
}

TIFF* open_for_writing(MemoryStream& stream) {
  return TIFFClientOpen(
      "sample", "w", &stream, stream_read, stream_write, stream_seek, [](thandle_t) { return 0; },
      [](thandle_t handle) -> toff_t { return static_cast<MemoryStream*>(handle)->bytes.size(); }, nullptr, nullptr);
}

void write_page(TIFF* tiff, const TiffPage& page) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(page.raster.width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(page.raster.height));
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, page.bits);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, page.orientation);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 64U);
  if (page.x_dots > 0) {
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page.x_dots);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page.y_dots);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  }
  if (page.is_thumbnail) {
    TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
  }
  for (int y = 0; y < page.raster.height; ++y) {
    const std::uint8_t* row = page.raster.rgb.data() + std::size_t{3} * static_cast<std::size_t>(y * page.raster.width);
    base::Bytes copy(row, row + std::size_t{3} * static_cast<std::size_t>(page.raster.width));
    copy.resize(copy.size() * 2);  // room for deeper samples, whose values do not matter
    TIFFWriteScanline(tiff, copy.data(), static_cast<std::uint32_t>(y), 0);
  }
  TIFFWriteDirectory(tiff);
}

void png_append(png_structp png, png_bytep data, png_size_t count) {
  auto& bytes = *static_cast<base::Bytes*>(png_get_io_ptr(png));
  bytes.insert(bytes.end(), data, data + count);
}

base::Bytes exif_structure(int orientation) {
  return {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, static_cast<std::uint8_t>(orientation),
          0,   0,   0, 0,  0, 0};
}

std::string raw_profile(int orientation) {
  base::Bytes block{'E', 'x', 'i', 'f', 0, 0};
  const base::Bytes structure = exif_structure(orientation);
  block.insert(block.end(), structure.begin(), structure.end());
  std::string text = "\nexif\n" + std::to_string(block.size()) + "\n";
  for (const std::uint8_t byte : block) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return text;
}

void mark_png(png_structp png, png_infop info, int orientation, PngMark mark) {
  if (mark == PngMark::exif) {
    base::Bytes structure = exif_structure(orientation);
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

base::Bytes tiff_of(const std::vector<TiffPage>& pages) {
  MemoryStream stream;
  TIFF* tiff = open_for_writing(stream);
  for (const TiffPage& page : pages) {
    write_page(tiff, page);
  }
  TIFFClose(tiff);
  return std::move(stream.bytes);
}

base::Bytes fax_tiff(int width, int height, int dots_per_inch) {
  MemoryStream stream;
  TIFF* tiff = open_for_writing(stream);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height));
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(height));
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, static_cast<double>(dots_per_inch));
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, static_cast<double>(dots_per_inch));
  const std::size_t stride = static_cast<std::size_t>(width + 7) / 8;
  base::Bytes edge(stride, 0xFF);
  base::Bytes inner(stride, 0);
  std::fill_n(inner.begin(), stride / 50, std::uint8_t{0xFF});
  for (int y = 0; y < height; ++y) {
    base::Bytes row = y < height / 50 ? edge : inner;
    TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0);
  }
  TIFFClose(tiff);
  return std::move(stream.bytes);
}

base::Bytes png_lying(const Raster& raster, int orientation, PngMark mark) {
  base::Bytes file;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &file, png_append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(raster.width), static_cast<png_uint_32>(raster.height), 8,
               PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  mark_png(png, info, orientation, mark);
  png_write_info(png, info);
  for (int y = 0; y < raster.height; ++y) {
    png_write_row(png, raster.rgb.data() + std::size_t{3} * static_cast<std::size_t>(y * raster.width));
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return file;
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
