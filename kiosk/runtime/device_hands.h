#pragma once
#include <memory>

#include "runtime/devices.h"

namespace bangwu::runtime {

/// Where a visit's pages go, and what is told of them: seals each as it comes. Copied to each device's thread; vault
/// and mailbox are borrowed and outlive it.
class PageIntake {
 public:
  PageIntake(PageVault& vault, Mailbox& mailbox) : vault_(vault), mailbox_(mailbox) {}
  [[nodiscard]] PageVault& vault() const { return vault_; }
  [[nodiscard]] Mailbox& mailbox() const { return mailbox_; }
  /// One page more than there is room for ends the work with too_many_pages.
  [[nodiscard]] capture::PageSink sink_for(VisitNumber visit, int room_for) const;
  /// Says how it ended, to the log (as "`event`") and the visit.
  void end(VisitNumber visit, const char* event, const capture::Outcome& outcome) const;

 private:
  [[nodiscard]] domain::PageFault take(VisitNumber visit, capture::CapturedPage page) const;
  PageVault& vault_;
  Mailbox& mailbox_;
};

// What is done with each device; called on its thread.
[[nodiscard]] std::unique_ptr<DeviceHands<ScannerJob>> scanner_hands(const DeviceSettings& settings,
                                                                     const PageIntake& pages);
[[nodiscard]] std::unique_ptr<DeviceHands<StickJob>> stick_hands(const DeviceSettings& settings,
                                                                 const PageIntake& pages);
[[nodiscard]] std::unique_ptr<DeviceHands<PictureJob>> picture_hands(const DeviceSettings& settings,
                                                                     const PageIntake& pages);
[[nodiscard]] std::unique_ptr<DeviceHands<PaperJob>> paper_hands(const DeviceSettings& settings, Mailbox& mailbox);

}  // namespace bangwu::runtime
