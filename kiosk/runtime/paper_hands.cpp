#include "base/log.h"
#include "runtime/device_hands.h"
#include "runtime/paper_library.h"
#include "runtime/slip.h"

namespace bangwu::runtime {
namespace {

using base::ErrorCode;
using base::LogLevel;
using session::SlipOutcome;

class PaperHands final : public DeviceHands<PaperJob> {
 public:
  PaperHands(const DeviceSettings& settings, Mailbox& mailbox)
      : worker_(settings.worker),
        places_(settings.places),
        rules_(settings.hand_out),
        library_(settings.paper_module),
        mailbox_(mailbox) {}

  void carry_out(VisitNumber visit, const PaperJob& job, const capture::CancelToken&) override {
    mailbox_.post(visit, session::SlipSaveEnded{save(job.slip)});
  }

 private:
  SlipOutcome save(const paper::SlipContent& slip) {
    const auto pdf = library_.slip_pdf(slip);
    if (!pdf) {
      base::log(LogLevel::error, "slip.not_made",
                {{"code", name_of(pdf.error().code)}, {"detail", pdf.error().detail}});
      return SlipOutcome::not_made;
    }
    auto outcome = SlipOutcome::no_medium;
    for (const auto& place : capture::present_places(places_)) {
      if (!place.is_removable) continue;  // never on this machine's own disk
      const auto written = capture::hand_out(worker_, place, file_name_of(slip), *pdf, rules_);
      if (written) return SlipOutcome::saved;
      const auto& error = written.error();
      base::log(error.code == ErrorCode::internal ? LogLevel::error : LogLevel::warning, "slip.not_saved",
                {{"code", name_of(error.code)}, {"detail", error.detail}});
      if (error.code != ErrorCode::not_found) outcome = SlipOutcome::not_written;
    }
    return outcome;
  }

  capture::WorkerSettings worker_;
  capture::ImportPlaces places_;
  capture::HandOutRules rules_;
  PaperLibrary library_;
  Mailbox& mailbox_;
};

}  // namespace

std::unique_ptr<DeviceHands<PaperJob>> paper_hands(const DeviceSettings& settings, Mailbox& mailbox) {
  return std::make_unique<PaperHands>(settings, mailbox);
}

}  // namespace bangwu::runtime
