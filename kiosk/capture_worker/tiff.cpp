#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "capture_worker/document.h"
#include "capture_worker/scale_down.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

/// The file in memory, as libtiff reads it. Nothing is ever written to it.
struct MemoryFile {
  std::span<const std::uint8_t> bytes;
  std::size_t at = 0;
};

tmsize_t read_bytes(thandle_t handle, void* target, tmsize_t count) {
  auto& file = *static_cast<MemoryFile*>(handle);
  const std::size_t left = file.bytes.size() - std::min(file.at, file.bytes.size());
  const std::size_t taken = std::min(left, static_cast<std::size_t>(std::max<tmsize_t>(count, 0)));
  if (taken > 0) {
    std::memcpy(target, file.bytes.data() + file.at, taken);
  }
  file.at += taken;
  return static_cast<tmsize_t>(taken);
}

tmsize_t refuse_write(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
  auto& file = *static_cast<MemoryFile*>(handle);
  const toff_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.at : file.bytes.size();
  file.at = static_cast<std::size_t>(base + offset);
  return file.at;
}

int keep_open(thandle_t) { return 0; }

toff_t size_of(thandle_t handle) { return static_cast<MemoryFile*>(handle)->bytes.size(); }

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, TiffCloser>;

int dots_per_inch(TIFF* tiff) {
  float resolution = 0;
  std::uint16_t unit = RESUNIT_INCH;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &resolution) == 0) {
    return kDotsPerInch;
  }
  const float dots = unit == RESUNIT_CENTIMETER ? resolution * 2.54F : resolution;
  return dots >= 1 && dots <= 4'800 ? static_cast<int>(dots) : kDotsPerInch;
}

class TiffDocument final : public Document {
 public:
  TiffDocument(std::unique_ptr<MemoryFile> file, TiffHandle tiff, std::int64_t max_pixels)
      : file_(std::move(file)), tiff_(std::move(tiff)), max_pixels_(max_pixels) {
    tdir_t directory = 0;
    do {
      std::uint32_t kind = 0;
      TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_SUBFILETYPE, &kind);
      if ((kind & FILETYPE_REDUCEDIMAGE) == 0) {
        directories_.push_back(directory);
      }
      ++directory;
    } while (TIFFReadDirectory(tiff_.get()) == 1);
  }

  [[nodiscard]] int pages() const override { return static_cast<int>(directories_.size()); }

  [[nodiscard]] tl::expected<RenderedPage, PageFault> render(int index) override {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    if (TIFFSetDirectory(tiff_.get(), directories_.at(static_cast<std::size_t>(index))) == 0 ||
        TIFFGetField(tiff_.get(), TIFFTAG_IMAGEWIDTH, &width) == 0 ||
        TIFFGetField(tiff_.get(), TIFFTAG_IMAGELENGTH, &height) == 0 || width == 0 || height == 0) {
      return tl::unexpected(PageFault::file_damaged);
    }
    if (std::uint64_t{width} * height > static_cast<std::uint64_t>(max_pixels_)) {
      return tl::unexpected(PageFault::too_many_pixels);
    }
    std::vector<std::uint32_t> pixels(std::size_t{width} * height);
    constexpr int kStopOnError = 1;
    if (TIFFReadRGBAImageOriented(tiff_.get(), width, height, pixels.data(), ORIENTATION_TOPLEFT, kStopOnError) == 0) {
      return tl::unexpected(PageFault::file_damaged);
    }
    return page_of(pixels, static_cast<int>(width), static_cast<int>(height));
  }

 private:
  /// libtiff has multiplied the colours by their opacity: what is left of it is the white behind.
  [[nodiscard]] RenderedPage page_of(const std::vector<std::uint32_t>& pixels, int width, int height) {
    Raster raster{width, height, base::Bytes(pixels.size() * 3)};
    std::uint8_t* out = raster.rgb.data();
    for (const std::uint32_t pixel : pixels) {
      const std::uint32_t white = 255 - TIFFGetA(pixel);
      *out++ = static_cast<std::uint8_t>(std::min(TIFFGetR(pixel) + white, 255U));
      *out++ = static_cast<std::uint8_t>(std::min(TIFFGetG(pixel) + white, 255U));
      *out++ = static_cast<std::uint8_t>(std::min(TIFFGetB(pixel) + white, 255U));
    }
    const int dots = dots_per_inch(tiff_.get());
    Raster fitted = scale_down(raster, kLongestSide);
    const int fitted_dots = std::max(1, dots * fitted.width / raster.width);
    return {std::move(fitted), fitted_dots};
  }

  std::unique_ptr<MemoryFile> file_;
  TiffHandle tiff_;
  std::int64_t max_pixels_;
  std::vector<tdir_t> directories_;
};

}  // namespace

OpenedDocument open_tiff(std::span<const std::uint8_t> file, std::int64_t max_pixels) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  auto memory = std::make_unique<MemoryFile>(MemoryFile{file});
  // "m": no memory map, so that a length that lies is a short read.
  TiffHandle tiff(TIFFClientOpen("page", "rm", memory.get(), read_bytes, refuse_write, seek_to, keep_open, size_of,
                                 nullptr, nullptr));
  if (!tiff) {
    return tl::unexpected(PageFault::file_damaged);
  }
  return std::make_unique<TiffDocument>(std::move(memory), std::move(tiff), max_pixels);
}

}  // namespace bangwu::capture_worker
