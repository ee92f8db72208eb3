#include <memory>
#include <utility>

#include "base/log.h"
#include "runtime/device_hands.h"

namespace bangwu::runtime {

using base::LogLevel;
using domain::PageFault;

PageFault PageIntake::take(VisitNumber visit, capture::CapturedPage page) const {
  auto sealed = vault_.seal(visit, page.encoded, page.media_type);
  if (!sealed) {
    if (sealed.error().code == base::ErrorCode::cancelled) return PageFault::cancelled;  // the visit has ended
    base::log(LogLevel::error, "page.not_sealed", {{"code", name_of(sealed.error().code)}});
    return sealed.error().code == base::ErrorCode::disk_full ? PageFault::disk_full : PageFault::internal;
  }
  mailbox_.post(visit, PictureReady{sealed->key, PictureReady::Size::thumbnail, std::move(page.thumbnail)});
  mailbox_.post(visit, PictureReady{sealed->key, PictureReady::Size::large, std::move(page.preview)});
  mailbox_.post(visit, session::PageCaptured{.key = sealed->key,
                                             .sha256 = std::move(sealed->sha256),
                                             .media_type = std::move(page.media_type),
                                             .width = page.width,
                                             .height = page.height,
                                             .quarter_turns = page.quarter_turns,
                                             .looks_blank = page.looks_blank,
                                             .is_reduced = page.is_reduced});
  return PageFault::none;
}

capture::PageSink PageIntake::sink_for(VisitNumber visit, int room_for) const {
  capture::PageSink sink;
  sink.on_progress = [*this, visit](const capture::Progress& progress) {
    mailbox_.post(visit, session::CaptureProgressed{progress.percent, progress.page - 1});
  };
  sink.on_page = [*this, visit, room = room_for](capture::CapturedPage page) mutable {
    return room-- > 0 ? take(visit, std::move(page)) : PageFault::too_many_pages;
  };
  return sink;
}

void PageIntake::end(VisitNumber visit, const char* event, const capture::Outcome& outcome) const {
  const auto level =
      outcome.fault == PageFault::none || outcome.fault == PageFault::cancelled ? LogLevel::info : LogLevel::warning;
  base::log(level, event,
            {{"fault", domain::name_of(outcome.fault)},
             {"pages", std::to_string(outcome.pages)},
             {"detail", outcome.detail}});
  mailbox_.post(visit, session::CaptureEnded{outcome.fault, outcome.page});
}

}  // namespace bangwu::runtime
