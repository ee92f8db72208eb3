#include <algorithm>
#include <vector>

#include "base/log.h"
#include "runtime/device_hands.h"

namespace bangwu::runtime {
namespace {

using base::LogLevel;
using domain::PageFault;

// A network scanner has no telling type; most have both. Only a device that says what it is is believed.
bool may_have_flatbed(const capture::ScannerDevice& device) {
  return device.type.find("sheetfed") == std::string::npos;
}
bool may_have_feeder(const capture::ScannerDevice& device) {
  return device.type.find("hand-held") == std::string::npos;
}

class ScannerHands final : public DeviceHands<ScannerJob> {
 public:
  ScannerHands(const DeviceSettings& settings, const PageIntake& pages)
      : named_(settings.scanner),
        resolution_(settings.resolution),
        scanners_(settings.worker, settings.scan_limits),
        pages_(pages) {}

  void carry_out(VisitNumber visit, const ScannerJob& job, const capture::CancelToken& cancel) override {
    std::visit([&](const auto& order) { carry_out(visit, order, cancel); }, job);
  }

 private:
  void carry_out(VisitNumber visit, const ListScannersJob&, const capture::CancelToken& cancel) {
    auto found = cancel.is_cancelled() ? tl::unexpected(PageFault::cancelled) : scanners_.list_scanners(cancel);
    if (cancel.is_cancelled()) return;
    if (!found) base::log(LogLevel::warning, "scanner.list_failed", {{"fault", domain::name_of(found.error())}});
    found_ = found ? std::move(*found) : std::vector<capture::ScannerDevice>{};
    // A device named in the configuration may not be listed (SANE's net and airscan backends): it is tried as it is.
    if (!chosen() && !named_.empty() && found) found_.push_back({named_, {}, {}, {}});
    const auto* scanner = chosen();
    pages_.mailbox().post(
        visit, session::ScannersListed{scanner && may_have_flatbed(*scanner), scanner && may_have_feeder(*scanner)});
  }

  void carry_out(VisitNumber visit, const ScanJob& job, const capture::CancelToken& cancel) {
    capture::Outcome outcome{.fault = PageFault::cancelled, .pages = 0, .detail = "before it began"};
    if (!cancel.is_cancelled()) outcome = scan(visit, job, cancel);
    pages_.end(visit, "scan.ended", outcome);
  }

  capture::Outcome scan(VisitNumber visit, const ScanJob& job, const capture::CancelToken& cancel) {
    const auto* scanner = chosen();
    if (!scanner) return {.fault = PageFault::scanner_missing, .pages = 0, .detail = {}};
    // One page too many stops the feeder: the material has room for no more.
    return scanners_.scan(scanner->name, job.source, resolution_, pages_.sink_for(visit, job.room_for), cancel);
  }

  [[nodiscard]] const capture::ScannerDevice* chosen() const {
    if (named_.empty()) return found_.empty() ? nullptr : &found_.front();
    const auto match =
        std::find_if(found_.begin(), found_.end(), [&](const auto& device) { return device.name == named_; });
    return match == found_.end() ? nullptr : &*match;
  }

  std::string named_;
  int resolution_;
  capture::Scanners scanners_;
  PageIntake pages_;
  std::vector<capture::ScannerDevice> found_;
};

}  // namespace

std::unique_ptr<DeviceHands<ScannerJob>> scanner_hands(const DeviceSettings& settings, const PageIntake& pages) {
  return std::make_unique<ScannerHands>(settings, pages);
}

}  // namespace bangwu::runtime
