#pragma once
#include <filesystem>
#include <span>
#include <string>

#include "base/file.h"
#include "capture/decoded_page.h"

namespace bangwu::capture::test {

/// A directory that is gone with the test, in the system's temporary directory or another.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path put(const std::string& name, std::span<const std::uint8_t> bytes) const;
  std::filesystem::path put(const std::string& name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

/// White paper with lines of grey writing, a red stamp in the upper left corner and a dark bar at the lower edge.
[[nodiscard]] Raster written_page(int width, int height);
[[nodiscard]] Raster plain_page(int width, int height, std::uint8_t level);

/// What a camera notes of how it was held (Exif 2.32, Orientation), with the name before it, as JPEG and PNG carry it.
[[nodiscard]] base::Bytes exif_block(int orientation);

enum class JpegFlavour { baseline, progressive, cmyk, grey };
/// `orientation`: of Exif, 0 for none.
[[nodiscard]] base::Bytes jpeg_file(const Raster& raster, JpegFlavour flavour = JpegFlavour::baseline,
                                    int orientation = 0);
/// A JPEG's header that claims a size; its picture's bytes are missing.
[[nodiscard]] base::Bytes jpeg_claiming(int width, int height);

enum class PngFlavour { rgb, half_transparent, interlaced };
[[nodiscard]] base::Bytes png_file(const Raster& raster, PngFlavour flavour = PngFlavour::rgb);
/// A whole PNG, one bit a pixel, all black: small as a file whatever its size.
[[nodiscard]] base::Bytes huge_png(int width, int height);

[[nodiscard]] base::Bytes tiff_file(const Raster& raster, int pages, bool is_compressed = true);
/// A4 pages with their number, some writing and lines.
[[nodiscard]] base::Bytes pdf_file(int pages, double width_points = 595, double height_points = 842);
/// The same as pdf_file(1), encrypted with AES-256 by qpdf; an empty password lets anybody read.
[[nodiscard]] base::Bytes locked_pdf(const std::string& user_password);

/// With its first page and a complete set of tables at the beginning (ISO 32000-1, Annex F), by qpdf.
[[nodiscard]] base::Bytes linear_pdf(int pages);

[[nodiscard]] base::Bytes first_part(const base::Bytes& bytes, double share);

}  // namespace bangwu::capture::test
