#include "capture/messages.h"

#include <cstring>
#include <limits>

#include "base/text.h"

namespace bangwu::capture {
namespace {

constexpr int kAnyInt = std::numeric_limits<int>::max();
constexpr std::uint64_t kAnyInt64 = std::numeric_limits<std::int64_t>::max();
constexpr int kLongestJpegSide = 65'535;
constexpr std::size_t kLongestDetail = 200;
constexpr std::size_t kLongestName = 512;

template <class T>
std::optional<T> whole(const Reader& reader, T value) {
  return reader.is_at_end() ? std::optional<T>(std::move(value)) : std::nullopt;
}

std::string printable(std::string text) {
  for (char& c : text) {
    c = c >= 0x20 && c < 0x7f ? c : '?';
  }
  return text;
}

}  // namespace

Writer& Writer::number(std::uint64_t value) {
  std::uint8_t raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes_.insert(bytes_.end(), raw, raw + sizeof value);
  return *this;
}

Writer& Writer::raw(std::span<const std::uint8_t> bytes) {
  number(bytes.size());
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return *this;
}

Writer& Writer::text(std::string_view value) { return raw(base::bytes_of(value)); }

Writer& Writer::raster(const Raster& value) {
  return number(static_cast<std::uint64_t>(value.width))
      .number(static_cast<std::uint64_t>(value.height))
      .raw(value.rgb);
}

std::span<const std::uint8_t> Reader::take(std::size_t count) {
  if (!ok_ || count > rest_.size()) {
    ok_ = false;
    return {};
  }
  const auto taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

std::uint64_t Reader::number(std::uint64_t most) {
  std::uint64_t value = 0;
  const auto bytes = take(sizeof value);
  if (ok_) {
    std::memcpy(&value, bytes.data(), sizeof value);
    ok_ = value <= most;
  }
  return ok_ ? value : 0;
}

std::span<const std::uint8_t> Reader::raw() { return take(number(kAnyInt64)); }

std::string Reader::text(std::size_t most) {
  const auto bytes = raw();
  ok_ = ok_ && bytes.size() <= most;
  return ok_ ? std::string(bytes.begin(), bytes.end()) : std::string();
}

Raster Reader::raster(int longest_side) {
  Raster raster;
  raster.width = integer(longest_side);
  raster.height = integer(longest_side);
  const auto rgb = raw();
  ok_ = ok_ && raster.width > 0 && raster.height > 0 &&
        rgb.size() == static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height) * 3;
  if (!ok_) {
    return {};
  }
  raster.rgb.assign(rgb.begin(), rgb.end());
  return raster;
}

base::Bytes encode(cell::Walls walls) { return Writer().number(walls.bits()).bytes(); }

std::optional<cell::Walls> decode_walls(std::span<const std::uint8_t> body) {
  Reader reader(body);
  const cell::Walls walls(static_cast<unsigned>(reader.number(cell::Walls::all().bits())));
  return whole(reader, walls);
}

base::Bytes encode(const ImportRequest& request) {
  return Writer()
      .number(static_cast<std::uint64_t>(request.kind))
      .number(static_cast<std::uint64_t>(request.max_pages))
      .number(static_cast<std::uint64_t>(request.max_pixels))
      .number(static_cast<std::uint64_t>(request.kept_pixels))
      .number(static_cast<std::uint64_t>(request.preview_px))
      .number(static_cast<std::uint64_t>(request.thumbnail_px))
      .number(static_cast<std::uint64_t>(request.unreadable))
      .number(static_cast<std::uint64_t>(request.pages_before))
      .bytes();
}

std::optional<ImportRequest> decode_import(std::span<const std::uint8_t> body, std::span<const std::uint8_t>& file) {
  constexpr std::size_t kHeader = 8 * sizeof(std::uint64_t);
  if (body.size() < kHeader) {
    return std::nullopt;
  }
  Reader reader(body.first(kHeader));
  ImportRequest request;
  request.kind = static_cast<FileKind>(reader.integer(static_cast<int>(FileKind::tiff)));
  request.max_pages = reader.integer(kAnyInt);
  request.max_pixels = static_cast<std::int64_t>(reader.number(kAnyInt64));
  request.kept_pixels = static_cast<std::int64_t>(reader.number(kAnyInt64));
  request.preview_px = reader.integer(kAnyInt);
  request.thumbnail_px = reader.integer(kAnyInt);
  request.unreadable = static_cast<UnreadablePages>(reader.integer(static_cast<int>(UnreadablePages::leave_out)));
  request.pages_before = reader.integer(kAnyInt);
  file = body.subspan(kHeader);
  return whole(reader, request);
}

base::Bytes encode(const ScanRequest& request) {
  return Writer()
      .text(request.device)
      .number(static_cast<std::uint64_t>(request.source))
      .number(static_cast<std::uint64_t>(request.resolution))
      .number(static_cast<std::uint64_t>(request.max_pages))
      .number(static_cast<std::uint64_t>(request.max_pixels))
      .number(static_cast<std::uint64_t>(request.preview_px))
      .number(static_cast<std::uint64_t>(request.thumbnail_px))
      .bytes();
}

std::optional<ScanRequest> decode_scan(std::span<const std::uint8_t> body) {
  Reader reader(body);
  ScanRequest request;
  request.device = reader.text(kLongestName);
  request.source = static_cast<ScanSource>(reader.integer(static_cast<int>(ScanSource::feeder)));
  request.resolution = reader.integer(kAnyInt);
  request.max_pages = reader.integer(kAnyInt);
  request.max_pixels = static_cast<std::int64_t>(reader.number(kAnyInt64));
  request.preview_px = reader.integer(kAnyInt);
  request.thumbnail_px = reader.integer(kAnyInt);
  return whole(reader, request);
}

base::Bytes encode(const Progress& progress) {
  // One is added so that "not known" (-1) is a number.
  return Writer()
      .number(static_cast<std::uint64_t>(progress.page))
      .number(static_cast<std::uint64_t>(progress.pages))
      .number(static_cast<std::uint64_t>(progress.percent + 1))
      .bytes();
}

std::optional<Progress> decode_progress(std::span<const std::uint8_t> body) {
  Reader reader(body);
  Progress progress;
  progress.page = reader.integer(kAnyInt);
  progress.pages = reader.integer(kAnyInt);
  progress.percent = reader.integer(101) - 1;
  return whole(reader, progress);
}

base::Bytes encode(const CapturedPage& page) {
  return Writer()
      .text(page.media_type)
      .number(static_cast<std::uint64_t>(page.width))
      .number(static_cast<std::uint64_t>(page.height))
      .number(static_cast<std::uint64_t>(page.quarter_turns))
      .number(page.looks_blank ? 1 : 0)
      .number(page.is_reduced ? 1 : 0)
      .raster(page.preview)
      .raster(page.thumbnail)
      .raw(page.encoded)
      .bytes();
}

std::optional<CapturedPage> decode_page(std::span<const std::uint8_t> body, const PageBounds& bounds) {
  Reader reader(body);
  CapturedPage page;
  page.media_type = reader.text(16);
  page.width = reader.integer(kLongestJpegSide * 2);
  page.height = reader.integer(kLongestJpegSide * 2);
  page.quarter_turns = reader.integer(3);
  page.looks_blank = reader.number(1) == 1;
  page.is_reduced = reader.number(1) == 1;
  page.preview = reader.raster(bounds.preview_px);
  page.thumbnail = reader.raster(bounds.thumbnail_px);
  const auto encoded = reader.raw();
  page.encoded.assign(encoded.begin(), encoded.end());
  const bool is_sound = (page.media_type == "image/jpeg" || page.media_type == "image/png") && page.width > 0 &&
                        page.height > 0 && std::int64_t{page.width} * page.height <= bounds.max_pixels;
  return is_sound ? whole(reader, std::move(page)) : std::nullopt;
}

base::Bytes encode(const Done& done) {
  return Writer()
      .number(static_cast<std::uint64_t>(done.fault))
      .text(done.detail.substr(0, kLongestDetail))
      .number(static_cast<std::uint64_t>(done.page))
      .bytes();
}

std::optional<Done> decode_done(std::span<const std::uint8_t> body) {
  Reader reader(body);
  Done done;
  done.fault = static_cast<domain::PageFault>(reader.integer(static_cast<int>(domain::PageFault::internal)));
  done.detail = printable(reader.text(kLongestDetail));
  done.page = reader.integer(kAnyInt);
  return whole(reader, std::move(done));
}

base::Bytes encode(const HandedOut& handed_out) {
  // One is added so that success is a number too.
  const std::uint64_t failed = handed_out.failed ? static_cast<std::uint64_t>(*handed_out.failed) + 1 : 0;
  return Writer().number(failed).text(handed_out.name).bytes();
}

std::optional<HandedOut> decode_handed_out(std::span<const std::uint8_t> body) {
  Reader reader(body);
  HandedOut handed_out;
  const int failed = reader.integer(static_cast<int>(base::ErrorCode::internal) + 1);
  handed_out.name = reader.text(kLongestName);
  if (failed > 0) {
    handed_out.failed = static_cast<base::ErrorCode>(failed - 1);
  }
  return whole(reader, std::move(handed_out));
}

base::Bytes encode(const std::vector<ScannerDevice>& devices) {
  Writer writer;
  writer.number(devices.size());
  for (const ScannerDevice& device : devices) {
    writer.text(device.name).text(device.vendor).text(device.model).text(device.type);
  }
  return writer.bytes();
}

std::optional<std::vector<ScannerDevice>> decode_scanners(std::span<const std::uint8_t> body) {
  constexpr std::uint64_t kMostScanners = 100;
  Reader reader(body);
  std::vector<ScannerDevice> devices(reader.number(kMostScanners));
  for (ScannerDevice& device : devices) {
    device.name = reader.text(kLongestName);
    device.vendor = reader.text(kLongestName);
    device.model = reader.text(kLongestName);
    device.type = reader.text(kLongestName);
  }
  return whole(reader, std::move(devices));
}

}  // namespace bangwu::capture
