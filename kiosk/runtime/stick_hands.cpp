#include <sys/stat.h>

#include <compare>
#include <limits>
#include <optional>
#include <vector>

#include "base/log.h"
#include "runtime/device_hands.h"

namespace bangwu::runtime {
namespace {

using domain::PageFault;

const char* shown_kind(capture::FileKind kind) {
  switch (kind) {
    case capture::FileKind::jpeg: return "JPEG";
    case capture::FileKind::png: return "PNG";
    case capture::FileKind::pdf: return "PDF";
    case capture::FileKind::tiff: return "TIFF";
    case capture::FileKind::heic: return "HEIC";
    case capture::FileKind::bmp: return "BMP";
    case capture::FileKind::gif: return "GIF";
    case capture::FileKind::webp: return "WebP";
    case capture::FileKind::ofd: return "OFD";
    case capture::FileKind::office: return "Office";
    case capture::FileKind::other_picture:
    case capture::FileKind::folder:
    case capture::FileKind::unknown: break;
  }
  return "";
}

capture::UnreadablePages unreadable_of(session::FilePages pages) {
  return pages == session::FilePages::all ? capture::UnreadablePages::refuse : capture::UnreadablePages::leave_out;
}

/// A place that is there, and what changes when something is put into it.
struct Seen {
  std::filesystem::path path;
  dev_t device = 0;
  ino_t folder = 0;
  std::int64_t changed_s = 0, changed_ns = 0;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> look_at(const std::vector<capture::Place>& places) {
  std::vector<Seen> seen;
  for (const auto& place : places) {
    struct stat status {};
    if (::stat(place.path.c_str(), &status) != 0) continue;
    seen.push_back({place.path, status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec});
  }
  return seen;
}

class StickHands final : public DeviceHands<StickJob> {
 public:
  StickHands(const DeviceSettings& settings, const PageIntake& pages)
      : places_(settings.places),
        look_every_(settings.look_every),
        importer_(settings.worker, settings.import_limits),
        pages_(pages) {}

  void carry_out(VisitNumber visit, const StickJob& job, const capture::CancelToken& cancel) override {
    std::visit([&](const auto& order) { carry_out(visit, order, cancel); }, job);
  }
  [[nodiscard]] std::chrono::milliseconds patience() const override {
    return watching_ ? look_every_ : DeviceHands::patience();
  }
  /// Nobody tells what is put in and pulled out, whoever mounts it: it is looked for, a few stat calls at a time.
  void look_around(const capture::CancelToken& cancel) override {
    if (!watching_ || look_at(capture::present_places(places_)) == watching_->seen) return;
    const auto listed = list(cancel);
    if (!listed || *listed == watching_->listed) return;
    watching_->listed = *listed;
    pages_.mailbox().post(watching_->visit, *listed);
  }

 private:
  /// What a visit was last told; it is told again when that is no longer so.
  struct Watching {
    VisitNumber visit;
    std::vector<Seen> seen;
    session::FilesListed listed;
  };

  void carry_out(VisitNumber visit, const ListFilesJob&, const capture::CancelToken& cancel) {
    watching_ = Watching{.visit = visit, .seen = {}, .listed = {}};
    const auto listed = list(cancel);
    if (!listed) return;
    watching_->listed = *listed;
    pages_.mailbox().post(visit, *listed);
  }

  void carry_out(VisitNumber visit, const ImportJob& job, const capture::CancelToken& cancel) {
    capture::Outcome outcome{.fault = PageFault::cancelled, .pages = 0, .detail = "before it began"};
    if (job.file > std::numeric_limits<std::uint32_t>::max()) outcome.fault = PageFault::file_gone;
    else if (!cancel.is_cancelled())
      outcome = importer_.import_file(static_cast<std::uint32_t>(job.file), pages_.sink_for(visit, job.room_for),
                                      cancel, unreadable_of(job.pages));
    pages_.end(visit, "import.ended", outcome);
  }

  void carry_out(VisitNumber visit, const ForgetFilesJob&, const capture::CancelToken&) {
    if (watching_ && watching_->visit == visit) watching_.reset();
    importer_.forget();
  }

  /// Nothing when it was cancelled.
  std::optional<session::FilesListed> list(const capture::CancelToken& cancel) {
    const auto places = capture::present_places(places_);
    watching_->seen = look_at(places);
    session::FilesListed listed;
    for (const auto& place : places) {
      listed.medium_present = true;
      auto files = importer_.list_files(place, cancel);
      if (!files || files->empty()) continue;
      for (auto& file : *files) {
        listed.files.push_back(
            {file.token, std::move(file.display_name), shown_kind(file.kind), file.size, file.fault});
      }
      break;  // the first place that has something: a stick before a folder
    }
    return cancel.is_cancelled() ? std::nullopt : std::optional(std::move(listed));
  }

  capture::ImportPlaces places_;
  std::chrono::milliseconds look_every_;
  capture::Importer importer_;
  PageIntake pages_;
  std::optional<Watching> watching_;
};

}  // namespace

std::unique_ptr<DeviceHands<StickJob>> stick_hands(const DeviceSettings& settings, const PageIntake& pages) {
  return std::make_unique<StickHands>(settings, pages);
}

}  // namespace bangwu::runtime
