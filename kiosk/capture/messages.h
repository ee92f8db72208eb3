#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/decoded_page.h"
#include "capture/import.h"
#include "capture/scanner.h"
#include "cell/cell.h"

namespace bangwu::capture {

/// Builds a message body.
class Writer {
 public:
  Writer& number(std::uint64_t value);
  Writer& text(std::string_view value);
  Writer& raster(const Raster& value);
  Writer& raw(std::span<const std::uint8_t> bytes);  ///< length and bytes
  [[nodiscard]] const base::Bytes& bytes() const { return bytes_; }

 private:
  base::Bytes bytes_;
};

/// Takes a message body apart. The other end is not trusted: after anything that does not fit, ok() is false and all
/// values are empty.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}
  /// A number from 0 to `most`.
  [[nodiscard]] std::uint64_t number(std::uint64_t most);
  [[nodiscard]] int integer(int most) { return static_cast<int>(number(static_cast<std::uint64_t>(most))); }
  [[nodiscard]] std::string text(std::size_t most);
  [[nodiscard]] Raster raster(int longest_side);
  [[nodiscard]] std::span<const std::uint8_t> raw();
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool is_at_end() const { return ok_ && rest_.empty(); }

 private:
  [[nodiscard]] std::span<const std::uint8_t> take(std::size_t count);
  std::span<const std::uint8_t> rest_;
  bool ok_ = true;
};

[[nodiscard]] base::Bytes encode(cell::Walls walls);
[[nodiscard]] std::optional<cell::Walls> decode_walls(std::span<const std::uint8_t> body);

struct ImportRequest {
  FileKind kind = FileKind::unknown;
  int max_pages = 0;
  std::int64_t max_pixels = 0;
  std::int64_t kept_pixels = 0;
  int preview_px = 0;
  int thumbnail_px = 0;
  UnreadablePages unreadable = UnreadablePages::refuse;
  int pages_before = 0;  ///< of a document, to be passed over
};
[[nodiscard]] base::Bytes encode(const ImportRequest& request);  ///< the file's bytes follow
[[nodiscard]] std::optional<ImportRequest> decode_import(std::span<const std::uint8_t> body,
                                                         std::span<const std::uint8_t>& file);

struct ScanRequest {
  std::string device;
  ScanSource source = ScanSource::flatbed;
  int resolution = 300;
  int max_pages = 1;
  std::int64_t max_pixels = 0;
  int preview_px = 0;
  int thumbnail_px = 0;
};
[[nodiscard]] base::Bytes encode(const ScanRequest& request);
[[nodiscard]] std::optional<ScanRequest> decode_scan(std::span<const std::uint8_t> body);

[[nodiscard]] base::Bytes encode(const Progress& progress);
[[nodiscard]] std::optional<Progress> decode_progress(std::span<const std::uint8_t> body);

/// A page without bytes of its own stands for the file that was imported.
[[nodiscard]] base::Bytes encode(const CapturedPage& page);
struct PageBounds {
  std::int64_t max_pixels = 0;
  int preview_px = 0;
  int thumbnail_px = 0;
};
[[nodiscard]] std::optional<CapturedPage> decode_page(std::span<const std::uint8_t> body, const PageBounds& bounds);

struct Done {
  domain::PageFault fault = domain::PageFault::none;
  std::string detail{};
  int page = 0;  ///< see Outcome
};
[[nodiscard]] base::Bytes encode(const Done& done);
[[nodiscard]] std::optional<Done> decode_done(std::span<const std::uint8_t> body);

/// How handing out a file ended: why it failed, or the name it has on the medium.
struct HandedOut {
  std::optional<base::ErrorCode> failed;
  std::string name;
};
[[nodiscard]] base::Bytes encode(const HandedOut& handed_out);
[[nodiscard]] std::optional<HandedOut> decode_handed_out(std::span<const std::uint8_t> body);

[[nodiscard]] base::Bytes encode(const std::vector<ScannerDevice>& devices);
[[nodiscard]] std::optional<std::vector<ScannerDevice>> decode_scanners(std::span<const std::uint8_t> body);

/// A worker's answers are no longer than this.
inline constexpr std::size_t kAnswerLimit = 64U << 20;

}  // namespace bangwu::capture
