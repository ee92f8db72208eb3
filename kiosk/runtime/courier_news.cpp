#include "runtime/courier_news.h"

#include <utility>

#include "base/log.h"

namespace bangwu::runtime {
namespace {

using base::LogLevel;

void post(Mailbox& mailbox, const courier::Delivered& delivered) {
  const auto& receipt = delivered.receipt;
  if (!receipt.outcome) return;
  mailbox.post(kNoVisit, session::AnswerArrived{.envelope = to_string(delivered.id),
                                                .case_number = receipt.case_number,
                                                .outcome = *receipt.outcome,
                                                .lacks = receipt.lacks,
                                                .due = receipt.due,
                                                .due_is_provisional = receipt.due_is_provisional});
}

// It waits for staff, and nobody may be told that it goes by itself.
void post(Mailbox& mailbox, const courier::Attempted& attempted) {
  const auto* dead = std::get_if<outbox::Dead>(&attempted.state);
  if (dead) {
    base::log(LogLevel::error, "courier.item_dead",
              {{"envelope", to_string(attempted.id)},
               {"reason", name_of(dead->reason)},
               {"what_to_do", "bangwu-kiosk queue show " + to_string(attempted.id)}});
  }
  const auto* waiting = std::get_if<outbox::Waiting>(&attempted.state);
  const bool waits_for_staff =
      waiting && (waiting->reason == outbox::Reason::unknown_kiosk || waiting->reason == outbox::Reason::kiosk_revoked);
  if (dead || waits_for_staff) mailbox.post(kNoVisit, session::DeliveryStuck{to_string(attempted.id)});
}

void post(Mailbox& mailbox, const courier::MachineJudged& judged) {
  using courier::Finding;
  using session::MachineFault;
  constexpr std::pair<Finding, MachineFault> kFaults[] = {{Finding::revoked, MachineFault::revoked},
                                                          {Finding::unknown, MachineFault::unknown_machine},
                                                          {Finding::shared, MachineFault::shared_identity},
                                                          {Finding::gives_again, MachineFault::gives_again},
                                                          {Finding::disk_is_older, MachineFault::disk_is_older}};
  for (const auto& [finding, fault] : kFaults) {
    if (judged.findings.contains(finding)) mailbox.post(kNoVisit, session::FaultFound{fault});
    else mailbox.post(kNoVisit, session::FaultGone{fault});
  }
}

}  // namespace

void post_news(Mailbox& mailbox, const courier::Event& event) {
  std::visit([&](const auto& fact) { post(mailbox, fact); }, event);
}

}  // namespace bangwu::runtime
