#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "capture/hand_out.h"
#include "capture/import.h"
#include "capture/places.h"
#include "capture/scanner.h"
#include "runtime/config.h"
#include "runtime/device_jobs.h"
#include "runtime/device_thread.h"
#include "runtime/mailbox.h"
#include "runtime/page_vault.h"
#include "runtime/watchdog.h"

namespace bangwu::runtime {

struct DeviceSettings {
  std::string scanner;  ///< empty: the first that answers
  int resolution = 300;
  capture::WorkerSettings worker{};
  capture::ImportPlaces places;
  capture::HandOutRules hand_out;
  std::filesystem::path paper_module;  ///< see PaperLibrary
  capture::ImportLimits import_limits{};
  capture::ScanLimits scan_limits{};
  std::chrono::milliseconds look_every{500};  ///< for sticks that come and go
};
/// As configured, with the programs that lie in `parts`.
[[nodiscard]] DeviceSettings device_settings(const KioskConfig::Capture& config, const std::filesystem::path& parts);

/// The devices, each with a thread of its own: scanner, sticks, pictures of captured pages, making paper. What scanners
/// and files give is decoded in worker processes; pages are sealed as they come, on the device's thread; only their
/// keys and small pictures go to the mailbox. Any thread orders.
class Devices {
 public:
  Devices(const DeviceSettings& settings, PageVault& vault, Mailbox& mailbox);

  Ticket order(VisitNumber visit, ScannerJob job) { return order_from(scanner_, visit, std::move(job)); }
  Ticket order(VisitNumber visit, StickJob job) { return order_from(sticks_, visit, std::move(job)); }
  Ticket order(VisitNumber visit, PictureJob job) { return order_from(pictures_, visit, std::move(job)); }
  Ticket order(VisitNumber visit, PaperJob job) { return order_from(paper_, visit, std::move(job)); }

  /// Stops the job whether it runs or waits; a scan or import ends with CaptureEnded{cancelled}.
  void cancel(Ticket ticket);
  /// Stops all the visit still wants but its paper, and forgets its files and pictures.
  void end_visit(VisitNumber visit);
  /// Nothing is ordered that is not done.
  [[nodiscard]] bool idle() const;

  /// For the watchdog, which must end before this: a device that hangs is given up, and told to staff, until it moves
  /// again.
  [[nodiscard]] std::vector<Watched> watched();
  [[nodiscard]] bool any_hangs() const;  ///< then the end of this would never come

 private:
  template <class Thread, class Job>
  Ticket order_from(Thread& thread, VisitNumber visit, Job job) {
    const Ticket ticket = ++last_ticket_;
    thread.order(ticket, visit, std::move(job));
    return ticket;
  }

  Mailbox& mailbox_;
  std::atomic<Ticket> last_ticket_ = 0;
  DeviceThread<ScannerJob> scanner_;
  DeviceThread<StickJob> sticks_;
  DeviceThread<PictureJob> pictures_;
  DeviceThread<PaperJob> paper_;
};

}  // namespace bangwu::runtime
