#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "capture/cancel_token.h"
#include "capture/decoded_page.h"
#include "capture/worker.h"

namespace bangwu::capture {

/// A scanner as SANE knows it.
struct ScannerDevice {
  std::string name;  ///< what scan() takes, e.g. "airscan:e0:…"
  std::string vendor, model, type;
  bool operator==(const ScannerDevice&) const = default;
};

enum class ScanSource {
  flatbed,  ///< one page
  feeder,   ///< pages until the feeder is empty
};

struct ScanLimits {
  int max_pages = 100;                   ///< of one feeder run; more: too_many_pages, the pages so far stay
  std::int64_t max_pixels = 60'000'000;  ///< of one page
  int preview_px = 1400;
  int thumbnail_px = 440;
  std::chrono::milliseconds silence_limit{45'000};  ///< no byte for longer, warming up included: scanner_hanging
  std::chrono::milliseconds list_limit{20'000};     ///< for list_scanners()
  std::chrono::milliseconds cancel_limit{2'000};    ///< a worker that has not stopped by then is killed
};

/// Drives scanners through SANE, each call in a worker process of its own: a backend that crashes or hangs takes only
/// that with it. Functions block; one call at a time, on a thread that outlives the call.
class Scanners {
 public:
  explicit Scanners(WorkerSettings worker = {}, ScanLimits limits = {}) : worker_(std::move(worker)), limits_(limits) {}

  /// The scanners that answer now; may take seconds. Faults: scanner_hanging, scanner_failed, cancelled, internal.
  [[nodiscard]] tl::expected<std::vector<ScannerDevice>, domain::PageFault> list_scanners(
      const CancelToken& cancel) const;

  /// Scans A4 in colour, as far as the device can. Each page is whole when it is given; pages given before a fault are
  /// good and stay (a jam in page 7 keeps six). Cancelling works inside a page, whose part is dropped.
  /// `resolution` in dots an inch, 50…1200; the nearest the device has is taken.
  /// Faults: scanner_missing (no such device, or it does not open), scanner_busy, scanner_jammed, feeder_empty (only
  /// when not one page came), cover_open, scanner_unplugged (I/O error while scanning), scanner_hanging,
  /// scan_incomplete (ended with bytes missing), scanner_failed (anything else: the worker crashed, a frame format we
  /// do not take, three-pass colour among them), too_many_pages, too_many_pixels, cancelled, internal, and whatever
  /// on_page returned.
  [[nodiscard]] Outcome scan(const std::string& device, ScanSource source, int resolution, const PageSink& sink,
                             const CancelToken& cancel) const;

 private:
  WorkerSettings worker_;
  ScanLimits limits_;
};

}  // namespace bangwu::capture
