#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "capture_worker/document.h"
#include "capture_worker/orientation.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

/// A picture is decoded in bands of so many pixels at most, four bytes each.
constexpr std::uint64_t kBandPixels = 32'000'000;

/// The file in memory, as libtiff reads it. Nothing is ever written to it.
struct MemoryFile {
  std::span<const std::uint8_t> bytes;
  std::size_t at = 0;
  bool lost_pixels = false;  ///< a codec went on where it had nothing to show
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

/// Fax lines and tags earn warnings by habit; libjpeg's mean that a part of the picture is lost.
void on_warning(thandle_t handle, const char* module, const char*, va_list) {
  if (handle != nullptr && module != nullptr && std::string_view(module) == "JPEGLib") {
    static_cast<MemoryFile*>(handle)->lost_pixels = true;
  }
}

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, TiffCloser>;

struct Resolution {
  double dots_per_inch = kDotsPerInch;
  double aspect = 1;
};

Resolution resolution_of(TIFF* tiff) {
  float x = 0;
  float y = 0;
  std::uint16_t unit = RESUNIT_INCH;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  const bool is_told = TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) != 0;
  Resolution resolution;
  if (!is_told) {
    return resolution;
  }
  if (TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) != 0 && x > 0 && y > 0) {
    resolution.aspect = sane_aspect(static_cast<double>(x) / y);
  }
  const double dots = std::max(x, y) * (unit == RESUNIT_CENTIMETER ? 2.54 : 1);
  resolution.dots_per_inch = unit != RESUNIT_NONE && dots >= 1 && dots <= 4'800 ? dots : kDotsPerInch;
  return resolution;
}

Orientation orientation_of(TIFF* tiff) {
  std::uint16_t number = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &number);
  return orientation_of_number(number);
}

struct StoredSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

StoredSize stored_size(TIFF* tiff) {
  StoredSize size;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &size.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &size.height);
  return size;
}

/// Cameras put a thumbnail of 160 × 120 behind the picture and do not say that it is one (Exif 2.32, 4.5.5).
bool is_unmarked_thumbnail(StoredSize size, StoredSize first) {
  constexpr std::uint32_t kLongestThumbnail = 320;
  return std::max(size.width, size.height) <= kLongestThumbnail && size.width * 2 <= first.width &&
         size.height * 2 <= first.height;
}

/// Whether all strips or tiles of a picture lie inside the file.
bool lies_inside(TIFF* tiff, std::size_t file_size) {
  const std::uint32_t count = TIFFIsTiled(tiff) != 0 ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  for (std::uint32_t i = 0; i < count; ++i) {
    int failed = 0;
    const std::uint64_t offset = TIFFGetStrileOffsetWithErr(tiff, i, &failed);
    const std::uint64_t bytes = failed == 0 ? TIFFGetStrileByteCountWithErr(tiff, i, &failed) : 0;
    if (failed != 0 || bytes == 0 || offset > file_size || bytes > file_size - offset) {
      return false;
    }
  }
  return true;
}

/// Decodes a picture in bands, as stored. libtiff knows all colours and codings; it cannot lay a picture on its side.
class Bands {
 public:
  explicit Bands(TIFF* tiff) : tiff_(tiff) {}
  Bands(const Bands&) = delete;
  Bands& operator=(const Bands&) = delete;
  ~Bands() {
    if (is_begun_) {
      TIFFRGBAImageEnd(&image_);
    }
  }

  bool begin() {
    constexpr int kStopOnError = 1;
    std::array<char, 1024> why{};
    is_begun_ = TIFFRGBAImageBegin(&image_, tiff_, kStopOnError, why.data()) != 0;
    image_.req_orientation = image_.orientation;
    return is_begun_;
  }

  /// Gives each row to the scaler; false: damaged.
  bool read(RowScaler& scaler) {
    const std::uint32_t band = rows_of_a_band();
    std::vector<std::uint32_t> pixels(std::size_t{image_.width} * band);
    std::vector<std::uint8_t> row(std::size_t{image_.width} * 3);
    const std::uint32_t height = image_.height;
    for (std::uint32_t top = 0; top < height; top += band) {
      const std::uint32_t rows = std::min(band, height - top);
      image_.row_offset = static_cast<int>(top);
      if (TIFFRGBAImageGet(&image_, pixels.data(), image_.width, rows) == 0) {
        return false;
      }
      for (std::uint32_t y = 0; y < rows; ++y) {
        lay_on_white({pixels.data() + std::size_t{y} * image_.width, image_.width}, row.data());
        scaler.add_row(row.data());
      }
    }
    return true;
  }

 private:
  /// Whole strips or tiles, so that few are decoded twice.
  [[nodiscard]] std::uint32_t rows_of_a_band() const {
    std::uint32_t unit = image_.height;
    TIFFGetFieldDefaulted(tiff_, TIFFIsTiled(tiff_) != 0 ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &unit);
    unit = std::clamp(unit, 1U, image_.height);
    const auto most = static_cast<std::uint32_t>(std::max<std::uint64_t>(kBandPixels / image_.width, 1));
    return std::min(image_.height, most >= unit ? most / unit * unit : most);
  }

  /// libtiff has multiplied the colours by their opacity: what is left of it is the white behind.
  static void lay_on_white(std::span<const std::uint32_t> pixels, std::uint8_t* out) {
    for (const std::uint32_t pixel : pixels) {
      const std::uint32_t white = 255 - TIFFGetA(pixel);
      *out++ = static_cast<std::uint8_t>(std::min(TIFFGetR(pixel) + white, 255U));
      *out++ = static_cast<std::uint8_t>(std::min(TIFFGetG(pixel) + white, 255U));
      *out++ = static_cast<std::uint8_t>(std::min(TIFFGetB(pixel) + white, 255U));
    }
  }

  TIFF* tiff_;
  TIFFRGBAImage image_{};
  bool is_begun_ = false;
};

class TiffDocument final : public Document {
 public:
  TiffDocument(std::unique_ptr<MemoryFile> file, TiffHandle tiff, const DocumentLimits& limits)
      : file_(std::move(file)), tiff_(std::move(tiff)), limits_(limits) {}

  /// Finds the pages. Whatever is wrong with one of them is wrong with the file: it was cut off, or is of a kind.
  PageFault find_pages() {
    StoredSize first;
    for (tdir_t directory = 0;; ++directory) {
      const StoredSize size = stored_size(tiff_.get());
      std::uint32_t kind = 0;
      TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_SUBFILETYPE, &kind);
      const bool is_page = (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
      if (is_page && (directories_.empty() || !is_unmarked_thumbnail(size, first))) {
        if (const PageFault fault = look_at(size); fault != PageFault::none) {
          return fault;
        }
        if (pages() == limits_.max_pages) {
          return PageFault::too_many_pages;
        }
        first = directories_.empty() ? size : first;
        directories_.push_back(directory);
      }
      if (TIFFLastDirectory(tiff_.get()) != 0) {
        break;
      }
      if (TIFFReadDirectory(tiff_.get()) != 1) {
        return PageFault::file_damaged;  // there is to be another page, and it is not there
      }
    }
    // Nothing but a thumbnail: a camera's raw file.
    return directories_.empty() ? PageFault::picture_kind : PageFault::none;
  }

  [[nodiscard]] int pages() const override { return static_cast<int>(directories_.size()); }

  [[nodiscard]] tl::expected<RenderedPage, PageFault> render(int index) override {
    if (TIFFSetDirectory(tiff_.get(), directories_.at(static_cast<std::size_t>(index))) == 0) {
      return tl::unexpected(PageFault::file_damaged);
    }
    const StoredSize stored = stored_size(tiff_.get());
    const Resolution resolution = resolution_of(tiff_.get());
    const PixelSize from{static_cast<int>(stored.width), static_cast<int>(stored.height)};
    const PixelSize shown = with_square_pixels(from, resolution.aspect);
    const PixelSize kept = kept_size(shown, resolution.dots_per_inch, limits_.kept_pixels);
    Bands bands(tiff_.get());
    if (!bands.begin()) {
      return tl::unexpected(PageFault::picture_kind);
    }
    RowScaler scaler(from, kept);
    file_->lost_pixels = false;
    if (!bands.read(scaler) || file_->lost_pixels) {
      return tl::unexpected(PageFault::file_damaged);
    }
    const double dots = resolution.dots_per_inch * kept.width / shown.width;
    return RenderedPage{upright(scaler.take(), orientation_of(tiff_.get())), std::max(1, static_cast<int>(dots)),
                        kept.width < shown.width};
  }

 private:
  PageFault look_at(StoredSize size) const {
    if (size.width == 0 || size.height == 0) {
      return PageFault::file_damaged;
    }
    if (std::uint64_t{size.width} * size.height > static_cast<std::uint64_t>(limits_.max_pixels)) {
      return PageFault::too_many_pixels;
    }
    std::array<char, 1024> why{};
    std::uint16_t coding = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_COMPRESSION, &coding);
    if (TIFFIsCODECConfigured(coding) == 0 || TIFFRGBAImageOK(tiff_.get(), why.data()) == 0) {
      return PageFault::picture_kind;
    }
    return lies_inside(tiff_.get(), file_->bytes.size()) ? PageFault::none : PageFault::file_damaged;
  }

  std::unique_ptr<MemoryFile> file_;
  TiffHandle tiff_;
  DocumentLimits limits_;
  std::vector<tdir_t> directories_;
};

}  // namespace

OpenedDocument open_tiff(std::span<const std::uint8_t> file, const DocumentLimits& limits) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  TIFFSetWarningHandlerExt(on_warning);
  auto memory = std::make_unique<MemoryFile>(MemoryFile{file});
  // "m": no memory map, so that a length that lies is a short read.
  TiffHandle tiff(TIFFClientOpen("page", "rm", memory.get(), read_bytes, refuse_write, seek_to, keep_open, size_of,
                                 nullptr, nullptr));
  if (!tiff) {
    return tl::unexpected(PageFault::file_damaged);
  }
  auto document = std::make_unique<TiffDocument>(std::move(memory), std::move(tiff), limits);
  if (const PageFault fault = document->find_pages(); fault != PageFault::none) {
    return tl::unexpected(fault);
  }
  return document;
}

}  // namespace bangwu::capture_worker
