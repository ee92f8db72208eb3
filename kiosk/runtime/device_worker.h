#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "capture/cancel_token.h"
#include "capture/import.h"
#include "capture/places.h"
#include "capture/scanner.h"
#include "runtime/config.h"
#include "runtime/job_queue.h"
#include "runtime/mailbox.h"
#include "runtime/page_vault.h"
#include "runtime/paper_library.h"

namespace bangwu::runtime {

struct ListScannersJob {
  VisitNumber visit = kNoVisit;
};
struct ListFilesJob {
  VisitNumber visit = kNoVisit;
};
struct ScanJob {
  VisitNumber visit = kNoVisit;
  capture::ScanSource source = capture::ScanSource::flatbed;
  int room_for = 1;
};
struct ImportJob {
  VisitNumber visit = kNoVisit;
  std::uint32_t file = 0;
  int room_for = 1;
};
struct LargePictureJob {
  VisitNumber visit = kNoVisit;
  session::PageKey key = 0;
};
struct SaveSlipJob {
  VisitNumber visit = kNoVisit;
  paper::SlipContent slip;
};
struct ForgetFilesJob {
  VisitNumber visit = kNoVisit;
};
using DeviceJob =
    std::variant<ListScannersJob, ListFilesJob, ScanJob, ImportJob, LargePictureJob, SaveSlipJob, ForgetFilesJob>;

struct DeviceSettings {
  std::string scanner;  ///< empty: the first that answers
  int resolution = 300;
  capture::WorkerSettings worker{};
  capture::ImportPlaces places;
  std::filesystem::path paper_module;  ///< see PaperLibrary
  capture::ImportLimits import_limits{};
  capture::ScanLimits scan_limits{};
};
/// As configured, with the programs that lie in `parts`.
[[nodiscard]] DeviceSettings device_settings(const KioskConfig::Capture& config, const std::filesystem::path& parts);

/// The thread of the devices that block: scanner and sticks, each driven in a child process, and of making paper. Pages
/// are sealed as they come, on this thread; only their keys and small pictures go to the mailbox.
class DeviceWorker {
 public:
  DeviceWorker(DeviceSettings settings, PageVault& vault, Mailbox& mailbox);
  ~DeviceWorker();  ///< cancels what runs, then joins

  void order(DeviceJob job) { jobs_.push(std::move(job)); }
  /// Stops the scan or import that runs or waits; it ends with CaptureEnded{cancelled}.
  void cancel();
  [[nodiscard]] bool idle() const { return jobs_.idle(); }

 private:
  void run(const std::stop_token& stop);
  void carry_out(const ListScannersJob& job);
  void carry_out(const ListFilesJob& job);
  void carry_out(const ScanJob& job);
  void carry_out(const ImportJob& job);
  void carry_out(const LargePictureJob& job);
  void carry_out(const SaveSlipJob& job);
  void carry_out(const ForgetFilesJob& job);
  [[nodiscard]] session::SlipOutcome save_slip(const paper::SlipContent& slip);
  [[nodiscard]] capture::PageSink sink_for(VisitNumber visit);
  [[nodiscard]] std::shared_ptr<capture::CancelToken> begin_cancellable();
  [[nodiscard]] const capture::ScannerDevice* chosen_scanner() const;

  DeviceSettings settings_;
  PageVault& vault_;
  Mailbox& mailbox_;
  capture::Scanners scanners_;
  PaperLibrary paper_;
  std::vector<capture::ScannerDevice> found_;    // devices thread only
  std::unique_ptr<capture::Importer> importer_;  // made and used on the devices thread
  std::mutex mutex_;
  std::shared_ptr<capture::CancelToken> running_;  // guarded by mutex_
  JobQueue<DeviceJob> jobs_;
  std::jthread thread_;
};

}  // namespace bangwu::runtime
