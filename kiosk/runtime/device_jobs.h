#pragma once
#include <cstdint>
#include <optional>
#include <variant>

#include "capture/scanner.h"
#include "paper/slip.h"
#include "session/messages.h"

/// Orders for the devices' threads, by device.
namespace bangwu::runtime {

/// Answered by ScannersListed, unless it is cancelled.
struct ListScannersJob {};
/// Answered by pages and CaptureEnded.
struct ScanJob {
  capture::ScanSource source = capture::ScanSource::flatbed;
  int room_for = 1;
};
using ScannerJob = std::variant<ListScannersJob, ScanJob>;

/// Answered by FilesListed; from then on, until the visit ends, each time when something else is there.
struct ListFilesJob {};
/// Answered by pages and CaptureEnded.
struct ImportJob {
  std::uint64_t file = 0;
  int room_for = 1;
  session::FilePages pages = session::FilePages::all;
};
struct ForgetFilesJob {};
using StickJob = std::variant<ListFilesJob, ImportJob, ForgetFilesJob>;

/// Answered by PictureReady, or not at all.
struct LargePictureJob {
  session::PageKey key = 0;
};
struct ForgetPicturesJob {};
using PictureJob = std::variant<LargePictureJob, ForgetPicturesJob>;

/// Answered by SlipSaveEnded.
struct SaveSlipJob {
  paper::SlipContent slip;
};
using PaperJob = SaveSlipJob;

/// What whoever ordered it is told when the device does not do it; nothing for what nobody waits for.
[[nodiscard]] std::optional<session::Message> answer_without(const ScannerJob& job);
[[nodiscard]] std::optional<session::Message> answer_without(const StickJob& job);
[[nodiscard]] std::optional<session::Message> answer_without(const PictureJob& job);
[[nodiscard]] std::optional<session::Message> answer_without(const PaperJob& job);

}  // namespace bangwu::runtime
