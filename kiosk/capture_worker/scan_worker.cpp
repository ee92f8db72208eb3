#include "capture_worker/scan_worker.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <new>
#include <thread>

#include "capture/messages.h"
#include "capture_worker/make_page.h"
#include "capture_worker/sane_device.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

using domain::PageFault;

constexpr std::size_t kRequestLimit = 64U << 10;
constexpr std::size_t kPiece = 64U << 10;
constexpr std::chrono::milliseconds kSignOfLife{500};

PageFault fault_while_opening(SANE_Status status) {
  switch (status) {
    case SANE_STATUS_GOOD: return PageFault::none;
    case SANE_STATUS_DEVICE_BUSY: return PageFault::scanner_busy;
    case SANE_STATUS_INVAL:
    case SANE_STATUS_IO_ERROR: return PageFault::scanner_missing;
    case SANE_STATUS_COVER_OPEN: return PageFault::cover_open;
    case SANE_STATUS_JAMMED: return PageFault::scanner_jammed;
    default: return PageFault::scanner_failed;
  }
}

PageFault fault_while_scanning(SANE_Status status) {
  switch (status) {
    case SANE_STATUS_GOOD: return PageFault::none;
    case SANE_STATUS_CANCELLED: return PageFault::cancelled;  // its own stop button
    case SANE_STATUS_DEVICE_BUSY: return PageFault::scanner_busy;
    case SANE_STATUS_JAMMED: return PageFault::scanner_jammed;
    case SANE_STATUS_NO_DOCS: return PageFault::feeder_empty;
    case SANE_STATUS_COVER_OPEN: return PageFault::cover_open;
    case SANE_STATUS_IO_ERROR: return PageFault::scanner_unplugged;
    case SANE_STATUS_NO_MEM: return PageFault::internal;
    default: return PageFault::scanner_failed;
  }
}

/// One scan, from the open device to the last page.
class ScanRun {
 public:
  ScanRun(const Channel& channel, const ScanRequest& request, SaneDevice& device, const std::atomic<bool>& is_cancelled)
      : channel_(channel), request_(request), device_(device), is_cancelled_(is_cancelled) {}

  Done run() {
    device_.prepare(request_.source, request_.resolution);
    dots_per_inch_ = device_.resolution();
    while (true) {
      const Step step = scan_page();
      if (is_cancelled_) {
        return {PageFault::cancelled, {}};
      }
      if (step != Step::page_given) {
        return done_;
      }
      ++pages_;
      if (request_.source == ScanSource::flatbed) {
        return {};
      }
    }
  }

 private:
  enum class Step { page_given, over };

  Step fail(PageFault fault, std::string detail) {
    done_ = {fault, std::move(detail)};
    return Step::over;
  }

  Step fail(SANE_Status status) { return fail(fault_while_scanning(status), sane_strstatus(status)); }

  Step scan_page() {
    if (is_cancelled_ || !tell(-1)) {
      return Step::over;
    }
    if (const SANE_Status status = device_.start(); status != SANE_STATUS_GOOD) {
      return status == SANE_STATUS_NO_DOCS && pages_ > 0 ? fail(PageFault::none, {}) : fail(status);
    }
    if (pages_ >= request_.max_pages) {
      return fail(PageFault::too_many_pages, "the feeder has more pages than are taken");
    }
    if (const SANE_Status status = device_.frame(format_); status != SANE_STATUS_GOOD) {
      return fail(status);
    }
    if (const char* why = why_not_taken(format_); why != nullptr) {
      return fail(PageFault::scanner_failed, why);
    }
    if (format_.lines > 0 && std::int64_t{format_.pixels_per_line} * format_.lines > request_.max_pixels) {
      return fail(PageFault::too_many_pixels, "a page larger than is taken");
    }
    return read_page() == Step::over ? Step::over : give_page();
  }

  Step read_page() {
    bytes_.clear();
    const std::size_t most = most_bytes(format_, request_.max_pixels);
    std::array<std::uint8_t, kPiece> piece{};
    while (true) {
      int got = 0;
      const SANE_Status status = device_.read(piece.data(), static_cast<int>(piece.size()), got);
      if (is_cancelled_) {
        return Step::over;
      }
      if (status == SANE_STATUS_EOF) {
        return Step::page_given;
      }
      if (status != SANE_STATUS_GOOD || got < 0) {
        const bool ran_out = status == SANE_STATUS_NO_DOCS && (pages_ > 0 || !bytes_.empty());
        return ran_out ? fail(PageFault::scan_incomplete, sane_strstatus(status)) : fail(status);
      }
      bytes_.insert(bytes_.end(), piece.begin(), piece.begin() + got);
      if (bytes_.size() > most) {
        return fail(PageFault::too_many_pixels, "a page longer than is taken");
      }
      if (got > 0 && !tell(percent())) {
        return Step::over;
      }
    }
  }

  Step give_page() {
    auto raster = raster_of_frame(format_, bytes_);
    if (!raster) {
      return fail(raster.error(), "the scanner ended a page with bytes missing");
    }
    const auto page =
        page_of_raster({std::move(*raster), dots_per_inch_}, {request_.preview_px, request_.thumbnail_px});
    if (!page) {
      return fail(page.error(), "encoding");
    }
    const bool is_sent = channel_.send(MessageKind::page, {encode(*page)}) == Transfer::done;
    return is_sent ? Step::page_given : fail(PageFault::cancelled, {});
  }

  [[nodiscard]] int percent() const {
    if (format_.lines <= 0) {
      return -1;
    }
    const std::size_t total =
        static_cast<std::size_t>(format_.bytes_per_line) * static_cast<std::size_t>(format_.lines);
    return static_cast<int>(std::min<std::size_t>(bytes_.size() * 100 / total, 100));
  }

  /// Tells where the page is, when that has changed or to show that bytes still come. False: nobody listens.
  bool tell(int percent) {
    const auto now = std::chrono::steady_clock::now();
    const Progress progress{
        .page = pages_ + 1, .pages = request_.source == ScanSource::flatbed ? 1 : 0, .percent = percent};
    if (progress == told_ && now - told_at_ < kSignOfLife) {
      return true;
    }
    told_ = progress;
    told_at_ = now;
    return channel_.send(MessageKind::progress, {encode(progress)}) == Transfer::done;
  }

  const Channel& channel_;
  const ScanRequest& request_;
  SaneDevice& device_;
  const std::atomic<bool>& is_cancelled_;
  int dots_per_inch_ = kDotsPerInch;
  int pages_ = 0;
  FrameFormat format_;
  base::Bytes bytes_;
  Progress told_{.page = 0};
  std::chrono::steady_clock::time_point told_at_{};
  Done done_;
};

Done scan(const Channel& channel, const ScanRequest& request) {
  const SaneLibrary sane;
  if (!sane.is_ready()) {
    return {PageFault::scanner_failed, "libsane does not start"};
  }
  SaneDevice device;
  if (const SANE_Status status = device.open(request.device); status != SANE_STATUS_GOOD) {
    return {fault_while_opening(status), sane_strstatus(status)};
  }
  std::atomic<bool> is_cancelled = false;
  // sane_cancel may be called while another call is under way (SANE standard 1.06, 4.3.11), which it ends.
  std::jthread listener([&] {
    Message message;
    const Transfer transfer = channel.receive(message, kRequestLimit);
    if (transfer == Transfer::done || !is_cancelled.exchange(true)) {
      is_cancelled = true;
      device.cancel();
    }
  });
  Done done;
  try {
    done = ScanRun(channel, request, device, is_cancelled).run();
  } catch (const std::bad_alloc&) {
    done = {PageFault::too_many_pixels, "no memory"};
  }
  is_cancelled = true;
  channel.stop_receiving();
  listener.join();
  device.cancel();  // ends the batch, as the standard asks
  device.close();
  return done;
}

void answer_list(const Channel& channel) {
  const SaneLibrary sane;
  const auto devices = sane.devices();
  [[maybe_unused]] const Transfer sent =
      devices
          ? channel.send(MessageKind::scanners, {encode(*devices)})
          : channel.send(MessageKind::done, {encode(Done{PageFault::scanner_failed, sane_strstatus(devices.error())})});
}

}  // namespace

void run_scan_worker(const Channel& channel) {
  Message message;
  if (channel.receive(message, kRequestLimit) != Transfer::done) {
    return;
  }
  if (message.kind == MessageKind::list_scanners) {
    answer_list(channel);
  } else if (const auto request = decode_scan(message.body); message.kind == MessageKind::scan && request) {
    const Done done = scan(channel, *request);
    [[maybe_unused]] const Transfer sent = channel.send(MessageKind::done, {encode(done)});
  }
}

}  // namespace bangwu::capture_worker
