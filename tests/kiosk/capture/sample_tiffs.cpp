#include <tiffio.h>

#include <algorithm>
#include <cstring>

#include "odd_samples.h"

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
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, page.is_compressed ? COMPRESSION_LZW : COMPRESSION_NONE);
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

}  // namespace

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

base::Bytes tiff_file(const Raster& raster, int pages, bool is_compressed) {
  return tiff_of(std::vector<TiffPage>(static_cast<std::size_t>(pages),
                                       TiffPage{.raster = raster, .is_compressed = is_compressed}));
}

}  // namespace bangwu::capture::test
