#include "runtime/kiosk.h"
#include "runtime/pinyin_loader.h"
#include "runtime/slip.h"

namespace bangwu::runtime {

void Kiosk::apply(const session::Message& message) {
  auto result = session::update(hall_, std::move(*session_), message, now());
  *session_ = std::move(result.session);
  view_.reset();
  for (const auto& effect : result.effects) {
    std::visit([&](const auto& order) { carry_out(order); }, effect);
  }
}

void Kiosk::carry_out(const session::BeginVisit&) {
  visit_ = ++last_visit_;
  storage_->order(BeginJob{visit_});
}

void Kiosk::carry_out(const session::ForgetVisit&) {
  devices_->end_visit(visit_);
  storage_->order(ForgetJob{visit_});
  visit_ = kNoVisit;
  forget_on_this_thread();
}

// What this thread still has of the visit: freed memory is overwritten by the heap, the rest here.
void Kiosk::forget_on_this_thread() {
  auto fresh = std::make_unique<session::Session>(*session_);
  session_ = std::move(fresh);
  view_.reset();
  screen_state_ = {};
  emitted_ = {};
  pictures_.clear();
  if (tools_.pinyin) tools_.pinyin->clear();
  window_->stage().forget_words();
  has_forgotten_ = true;
}

void Kiosk::carry_out(const session::ListScanners&) {
  devices_->cancel(search_);  // whose answer nobody needs now: a scan is not to wait behind it
  search_ = devices_->order(visit_, ListScannersJob{});
}
void Kiosk::carry_out(const session::ListFiles&) { devices_->order(visit_, ListFilesJob{}); }

void Kiosk::carry_out(const session::ScanPages& effect) {
  const auto source =
      effect.source == session::CaptureSource::feeder ? capture::ScanSource::feeder : capture::ScanSource::flatbed;
  capture_ = devices_->order(visit_, ScanJob{source, effect.room_for});
}

void Kiosk::carry_out(const session::ImportFile& effect) {
  capture_ = devices_->order(visit_, ImportJob{effect.file, effect.room_for, effect.pages});
}

void Kiosk::carry_out(const session::CancelCapture&) { devices_->cancel(capture_); }

void Kiosk::carry_out(const session::FetchPicture& effect) {
  if (!pictures_.has_large(effect.key)) devices_->order(visit_, LargePictureJob{effect.key});
}

void Kiosk::carry_out(const session::DropPage& effect) {
  pictures_.drop(effect.key);
  storage_->order(DropJob{visit_, effect.key});
}

void Kiosk::carry_out(const session::Store& effect) { storage_->order(StoreJob{visit_, effect}); }

void Kiosk::carry_out(const session::SaveSlip&) {
  const auto* result = std::get_if<session::ResultView>(&view().screen);
  if (!result) return;
  devices_->order(visit_, SaveSlipJob{slip_of(*result, view(), options_.config.hall)});
}

}  // namespace bangwu::runtime
