#include "runtime/device_worker.h"

#include <algorithm>

#include "base/file.h"
#include "base/log.h"
#include "runtime/slip.h"
#include "runtime/wiping.h"

namespace bangwu::runtime {
namespace {

using base::LogLevel;
using domain::PageFault;

const char* shown_kind(capture::FileKind kind) {
  switch (kind) {
    case capture::FileKind::jpeg: return "JPEG";
    case capture::FileKind::png: return "PNG";
    case capture::FileKind::pdf: return "PDF";
    case capture::FileKind::tiff: return "TIFF";
    case capture::FileKind::unknown: break;
  }
  return "";
}

void log_end(const char* event, const capture::Outcome& outcome) {
  const auto level =
      outcome.fault == PageFault::none || outcome.fault == PageFault::cancelled ? LogLevel::info : LogLevel::warning;
  base::log(level, event,
            {{"fault", domain::name_of(outcome.fault)},
             {"pages", std::to_string(outcome.pages)},
             {"detail", outcome.detail}});
}

// A network scanner has no telling type; most have both. Only a device that says what it is is believed.
bool may_have_flatbed(const capture::ScannerDevice& device) {
  return device.type.find("sheetfed") == std::string::npos;
}
bool may_have_feeder(const capture::ScannerDevice& device) {
  return device.type.find("hand-held") == std::string::npos;
}

}  // namespace

DeviceSettings device_settings(const KioskConfig::Capture& config, const std::filesystem::path& parts) {
  DeviceSettings settings;
  settings.scanner = config.scanner;
  settings.resolution = config.resolution;
  settings.worker.program = parts / "bangwu-capture-worker";
  if (!config.sane_config.empty())
    settings.worker.environment.push_back("SANE_CONFIG_DIR=" + config.sane_config.string());
  settings.places = {config.media, config.folders};
  settings.paper_module = parts / "bangwu-paper.so";
  settings.import_limits.max_pages = config.pages_per_material;
  return settings;
}

DeviceWorker::DeviceWorker(DeviceSettings settings, PageVault& vault, Mailbox& mailbox)
    : settings_(std::move(settings)),
      vault_(vault),
      mailbox_(mailbox),
      scanners_(settings_.worker, settings_.scan_limits),
      paper_(settings_.paper_module),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

DeviceWorker::~DeviceWorker() {
  thread_.request_stop();
  cancel();
}

void DeviceWorker::cancel() {
  const std::lock_guard lock(mutex_);
  if (running_) running_->cancel();
}

std::shared_ptr<capture::CancelToken> DeviceWorker::begin_cancellable() {
  const std::lock_guard lock(mutex_);
  // shared: cancel() may still hold it while the job ends
  running_ = std::make_shared<capture::CancelToken>();
  return running_;
}

void DeviceWorker::run(const std::stop_token& stop) {
  // Import workers end with the thread that started them, so the importer lives on this one.
  importer_ = std::make_unique<capture::Importer>(settings_.worker, settings_.import_limits);
  while (!stop.stop_requested()) {
    auto job = jobs_.take(stop, std::chrono::hours{24});
    if (!job) continue;
    std::visit([&](const auto& order) { carry_out(order); }, *job);
    job.reset();
    wipe_unused_stack();
    jobs_.finished();
  }
  importer_.reset();
}

const capture::ScannerDevice* DeviceWorker::chosen_scanner() const {
  if (settings_.scanner.empty()) return found_.empty() ? nullptr : &found_.front();
  const auto match =
      std::find_if(found_.begin(), found_.end(), [&](const auto& device) { return device.name == settings_.scanner; });
  return match == found_.end() ? nullptr : &*match;
}

void DeviceWorker::carry_out(const ListScannersJob& job) {
  const auto token = begin_cancellable();
  auto found = scanners_.list_scanners(*token);
  found_ = found ? std::move(*found) : std::vector<capture::ScannerDevice>{};
  if (!found) base::log(LogLevel::warning, "scanner.list_failed", {{"fault", domain::name_of(found.error())}});
  // A device named in the configuration may not be listed (SANE's net and airscan backends): it is tried as it is.
  if (!chosen_scanner() && !settings_.scanner.empty() && found) found_.push_back({settings_.scanner, {}, {}, {}});
  const auto* scanner = chosen_scanner();
  mailbox_.post(job.visit,
                session::ScannersListed{scanner && may_have_flatbed(*scanner), scanner && may_have_feeder(*scanner)});
}

void DeviceWorker::carry_out(const ListFilesJob& job) {
  const auto token = begin_cancellable();
  session::FilesListed listed;
  for (const auto& place : capture::present_places(settings_.places)) {
    listed.medium_present = true;
    auto files = importer_->list_files(place, *token);
    if (!files || files->empty()) continue;
    for (auto& file : *files) {
      listed.files.push_back({file.token, std::move(file.display_name), shown_kind(file.kind), file.size});
    }
    break;  // the first place that has something: a stick before a folder
  }
  mailbox_.post(job.visit, std::move(listed));
}

capture::PageSink DeviceWorker::sink_for(VisitNumber visit) {
  capture::PageSink sink;
  sink.on_progress = [this, visit](const capture::Progress& progress) {
    mailbox_.post(visit, session::CaptureProgressed{progress.percent, progress.page - 1});
  };
  sink.on_page = [this, visit](capture::CapturedPage page) {
    auto sealed = vault_.seal(visit, page.encoded, page.media_type);
    if (!sealed) {
      if (sealed.error().code == base::ErrorCode::cancelled) return PageFault::cancelled;  // the visit has ended
      base::log(LogLevel::error, "page.not_sealed", {{"code", name_of(sealed.error().code)}});
      return sealed.error().code == base::ErrorCode::disk_full ? PageFault::disk_full : PageFault::internal;
    }
    mailbox_.post(visit, PictureReady{sealed->key, PictureReady::Size::thumbnail, std::move(page.thumbnail)});
    mailbox_.post(visit, PictureReady{sealed->key, PictureReady::Size::large, std::move(page.preview)});
    mailbox_.post(visit, session::PageCaptured{sealed->key, std::move(sealed->sha256), std::move(page.media_type),
                                               page.width, page.height, page.quarter_turns, page.looks_blank});
    return PageFault::none;
  };
  return sink;
}

void DeviceWorker::carry_out(const ScanJob& job) {
  const auto token = begin_cancellable();
  const auto* scanner = chosen_scanner();
  if (!scanner) return mailbox_.post(job.visit, session::CaptureEnded{PageFault::scanner_missing});
  auto sink = sink_for(job.visit);
  // One page too many stops the feeder: the material has room for no more.
  auto room = std::make_shared<int>(job.room_for);
  sink.on_page = [take = sink.on_page, room](capture::CapturedPage page) {
    if ((*room)-- <= 0) return PageFault::too_many_pages;
    return take(std::move(page));
  };
  const auto outcome = scanners_.scan(scanner->name, job.source, settings_.resolution, sink, *token);
  log_end("scan.ended", outcome);
  mailbox_.post(job.visit, session::CaptureEnded{outcome.fault});
}

void DeviceWorker::carry_out(const ImportJob& job) {
  const auto token = begin_cancellable();
  auto sink = sink_for(job.visit);
  auto room = std::make_shared<int>(job.room_for);
  sink.on_page = [take = sink.on_page, room](capture::CapturedPage page) {
    if ((*room)-- <= 0) return PageFault::too_many_pages;
    return take(std::move(page));
  };
  const auto outcome = importer_->import_file(job.file, sink, *token);
  log_end("import.ended", outcome);
  mailbox_.post(job.visit, session::CaptureEnded{outcome.fault});
}

void DeviceWorker::carry_out(const LargePictureJob& job) {
  const auto page = vault_.open(job.visit, job.key);
  if (!page) return;
  const auto token = begin_cancellable();
  auto raster = importer_->render_preview(page->bytes, page->media_type, settings_.import_limits.preview_px, *token);
  if (raster) mailbox_.post(job.visit, PictureReady{job.key, PictureReady::Size::large, std::move(*raster)});
}

session::SlipOutcome DeviceWorker::save_slip(const paper::SlipContent& slip) {
  const auto pdf = paper_.slip_pdf(slip);
  if (!pdf) {
    base::log(LogLevel::error, "slip.not_made", {{"code", name_of(pdf.error().code)}, {"detail", pdf.error().detail}});
    return session::SlipOutcome::not_made;
  }
  auto outcome = session::SlipOutcome::no_medium;
  for (const auto& place : capture::present_places(settings_.places)) {
    if (!place.is_removable) continue;  // never on this machine's own disk
    const auto written = base::hand_out_file(place.path / file_name_of(slip), *pdf);
    if (written) return session::SlipOutcome::saved;
    base::log(LogLevel::warning, "slip.not_saved", {{"code", name_of(written.error().code)}});
    outcome = session::SlipOutcome::not_written;
  }
  return outcome;
}

void DeviceWorker::carry_out(const SaveSlipJob& job) {
  mailbox_.post(job.visit, session::SlipSaveEnded{save_slip(job.slip)});
}

void DeviceWorker::carry_out(const ForgetFilesJob&) { importer_->forget(); }

}  // namespace bangwu::runtime
