#include "runtime/device_jobs.h"

namespace bangwu::runtime {

using domain::PageFault;

std::optional<session::Message> answer_without(const ScannerJob& job) {
  if (std::holds_alternative<ListScannersJob>(job)) return session::ScannersListed{};
  return session::CaptureEnded{.fault = PageFault::scanner_hanging};
}

std::optional<session::Message> answer_without(const StickJob& job) {
  if (std::holds_alternative<ListFilesJob>(job)) return session::FilesListed{};
  if (std::holds_alternative<ImportJob>(job)) return session::CaptureEnded{.fault = PageFault::internal};
  return std::nullopt;
}

std::optional<session::Message> answer_without(const PictureJob&) { return std::nullopt; }

std::optional<session::Message> answer_without(const PaperJob&) {
  return session::SlipSaveEnded{session::SlipOutcome::not_written};
}

}  // namespace bangwu::runtime
