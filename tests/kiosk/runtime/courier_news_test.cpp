#include "runtime/courier_news.h"

#include <gtest/gtest.h>

#include "inbox.h"

namespace bangwu::runtime {
namespace {

using courier::Finding;
using outbox::Reason;
using session::DeliveryStuck;
using session::FaultFound;
using session::FaultGone;
using session::MachineFault;

constexpr base::Uuid kId{};

std::vector<session::Message> said(const courier::Event& event) {
  Mailbox mailbox{[] {}};
  post_news(mailbox, event);
  std::vector<session::Message> messages;
  for (auto& letter : mailbox.take_all()) messages.push_back(std::get<session::Message>(std::move(letter.content)));
  return messages;
}
template <class Fact>
bool says(const courier::Event& event, const Fact& fact) {
  for (const auto& message : said(event)) {
    const auto* found = session::fact_in<Fact>(message);
    if (found && *found == fact) return true;
  }
  return false;
}

TEST(CourierNews, EachFindingIsAFaultOfTheMachineUntilItIsGone) {
  for (const auto& [finding, fault] : {std::pair{Finding::revoked, MachineFault::revoked},
                                       {Finding::unknown, MachineFault::unknown_machine},
                                       {Finding::shared, MachineFault::shared_identity},
                                       {Finding::gives_again, MachineFault::gives_again},
                                       {Finding::disk_is_older, MachineFault::disk_is_older}}) {
    EXPECT_TRUE(says(courier::MachineJudged{{finding}}, FaultFound{fault}));
    EXPECT_TRUE(says(courier::MachineJudged{}, FaultGone{fault}));
  }
}

TEST(CourierNews, NobodyIsPromisedThatWhatWaitsForStaffGoesByItself) {
  const DeliveryStuck stuck{base::to_string(kId)};
  for (const auto reason : {Reason::unknown_kiosk, Reason::kiosk_revoked})
    EXPECT_TRUE(says(courier::Attempted{kId, outbox::Waiting{{}, reason}}, stuck));
  EXPECT_TRUE(says(courier::Attempted{kId, outbox::Dead{Reason::refused}}, stuck));
  EXPECT_TRUE(said(courier::Attempted{kId, outbox::Waiting{{}, Reason::network}}).empty()) << "that goes by itself";
}

}  // namespace
}  // namespace bangwu::runtime
