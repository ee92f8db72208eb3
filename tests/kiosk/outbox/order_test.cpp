#include <thread>

#include "desk.h"

namespace bangwu::outbox {
namespace {

using Order = Desk;

TEST_F(Order, PriorityThenSmallThenFirstCome) {
  auto large = draft_of(1, 9000);
  auto small = draft_of(2, 100);
  auto small_too = draft_of(3, 100);
  auto urgent = draft_of(4, 20000);
  urgent.priority = Priority::urgent;
  auto background = draft_of(5, 50);
  background.priority = Priority::background;
  for (const auto& draft : {background, large, small, small_too, urgent}) accept(draft);
  for (const int n : {4, 2, 3, 1, 5}) EXPECT_EQ(lease().lease.id, id_of(n));
  EXPECT_TRUE(nothing_is_due());
}

TEST_F(Order, AttachmentsCountAsSize) {
  auto heavy = draft_of(1, 50);
  heavy.attachments = {put(5000, 1)};
  accept(heavy);
  accept(draft_of(2, 4000));
  EXPECT_EQ(lease().lease.id, id_of(2));
}

TEST_F(Order, NothingWaitsBehindAnothersFailure) {
  accept(draft_of(1, 50));
  accept(draft_of(2, 5000));
  const auto failing = lease();
  ASSERT_TRUE(outbox().postpone(failing.lease, kNow, kNow + 1h, Reason::server_failed));
  EXPECT_EQ(lease().lease.id, id_of(2));
}

TEST_F(Order, AnItemLeasedIsNotLeasedAgainUntilTheLeaseEnds) {
  accept(draft_of(1));
  const auto first = lease(kNow);
  EXPECT_TRUE(nothing_is_due(kNow + kLeaseTime - 1ms));
  const auto second = lease(kNow + kLeaseTime);
  EXPECT_EQ(second.lease.id, id_of(1));
  EXPECT_EQ(second.attempts, 2);
  EXPECT_EQ(second.last_failure, Reason::outcome_unknown);  // nobody knows how far the first came
  EXPECT_EQ(code_of(outbox().bury(first.lease, Reason::refused)), base::ErrorCode::conflict);
  EXPECT_TRUE(outbox().bury(second.lease, Reason::refused));
}

TEST_F(Order, ALeaseSurvivesARestartAndIsReclaimedByTheNextCourier) {
  accept(draft_of(1));
  (void)lease();
  reopen();
  EXPECT_TRUE(nothing_is_due());
  EXPECT_EQ(outbox().reclaim_leases().value(), 1U);
  EXPECT_EQ(lease().last_failure, Reason::outcome_unknown);
}

TEST_F(Order, WaitsEndAtTheirTime) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 90s, Reason::network));
  EXPECT_EQ(outbox().next_due(kNow).value(), kNow + 90s);
  EXPECT_TRUE(nothing_is_due(kNow + 90s - 1ms));
  const auto again = lease(kNow + 90s);
  EXPECT_EQ(again.last_failure, Reason::network);
  EXPECT_EQ(again.attempts, 2);
}

TEST_F(Order, AWaitIsNeverLongerThanTheLongest) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 24h * 365, Reason::server_busy));
  EXPECT_EQ(state_of(1), (State{Waiting{kNow + kLongestWait, Reason::server_busy}}));
}

TEST_F(Order, WhenTheClockWasSetBackAWaitCountsAsOver) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  const auto before = kNow - 24h * 30;
  EXPECT_EQ(outbox().next_due(before).value(), before);
  EXPECT_EQ(lease(before).lease.id, id_of(1));
}

TEST_F(Order, WhenTheClockWasSetBackALeaseCountsAsOver) {
  accept(draft_of(1));
  (void)lease();
  const auto before = kNow - 24h * 30;
  EXPECT_EQ(outbox().next_due(before).value(), before);
  EXPECT_EQ(lease(before).last_failure, Reason::outcome_unknown);
}

TEST_F(Order, WhenTheClockWasSetBackALittleAWaitStillEnds) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  EXPECT_TRUE(nothing_is_due(kNow - 2h));
  EXPECT_EQ(outbox().next_due(kNow - 2h).value(), kNow + 1h);
  EXPECT_EQ(lease(kNow + 1h).lease.id, id_of(1));
}

TEST_F(Order, NextDueIsNothingWhenNothingWillBeByItself) {
  EXPECT_EQ(outbox().next_due(kNow).value(), std::nullopt);
  accept(draft_of(1));
  EXPECT_EQ(outbox().next_due(kNow).value(), kNow);
  const auto parcel = lease();
  EXPECT_EQ(outbox().next_due(kNow).value(), kNow + kLeaseTime);
  ASSERT_TRUE(outbox().bury(parcel.lease, Reason::refused));
  EXPECT_EQ(outbox().next_due(kNow).value(), std::nullopt);
}

TEST_F(Order, ManyEndedWaitsAllComeBack) {
  constexpr int kMany = 200;  // more than are made ready at once
  for (int i = 1; i <= kMany; ++i) accept(draft_of(i));
  for (int i = 1; i <= kMany; ++i) ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1min, Reason::network));
  EXPECT_TRUE(nothing_is_due());
  for (int i = 1; i <= kMany; ++i) ASSERT_TRUE(outbox().bury(lease(kNow + 1h).lease, Reason::refused));
  EXPECT_EQ(outbox().counts()->dead, static_cast<std::size_t>(kMany));
}

TEST_F(Order, TwoCouriersNeverHoldTheSameItem) {
  constexpr int kItems = 60;
  for (int i = 1; i <= kItems; ++i) accept(draft_of(i));
  std::vector<std::vector<Lease>> taken(3);
  std::vector<std::jthread> couriers;
  for (auto& mine : taken) {
    couriers.emplace_back([&, this] {
      auto connection = open_as("k-1");
      ASSERT_TRUE(connection);
      for (;;) {
        auto parcel = connection->lease_next(kNow, kLeaseTime);
        ASSERT_TRUE(parcel) << parcel.error().detail;
        if (!*parcel) return;
        mine.push_back((*parcel)->lease);
      }
    });
  }
  couriers.clear();
  std::vector<base::Uuid> ids;
  for (const auto& mine : taken) {
    for (const auto& lease : mine) ids.push_back(lease.id);
  }
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(kItems));
}

}  // namespace
}  // namespace bangwu::outbox
