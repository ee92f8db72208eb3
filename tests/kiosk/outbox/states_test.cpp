#include <functional>

#include "desk.h"

namespace bangwu::outbox {
namespace {

using base::ErrorCode;

/// Every state an item may be in, and what each operation makes of it: the whole machine as a table.
enum class At { ready, leased, waiting, dead, delivered };
enum class Act { lease, postpone, bury, release, deliver, retry, reclaim, extend };

struct Row {
  At at;
  Act act;
  const char* then;      ///< name of the state afterwards
  ErrorCode error = {};  ///< of the operation; internal: it succeeds
};
constexpr ErrorCode kFine = ErrorCode::internal;
constexpr ErrorCode kStale = ErrorCode::conflict;

const Row kTable[] = {
    {At::ready, Act::lease, "leased", kFine},
    {At::ready, Act::postpone, "ready", kStale},
    {At::ready, Act::bury, "ready", kStale},
    {At::ready, Act::release, "ready", kStale},
    {At::ready, Act::deliver, "delivered", kFine},
    {At::ready, Act::retry, "ready", kFine},
    {At::ready, Act::reclaim, "ready", kFine},
    {At::ready, Act::extend, "ready", kStale},

    {At::leased, Act::lease, "leased", kFine},
    {At::leased, Act::postpone, "waiting", kFine},
    {At::leased, Act::bury, "dead", kFine},
    {At::leased, Act::release, "ready", kFine},
    {At::leased, Act::deliver, "delivered", kFine},
    {At::leased, Act::retry, "leased", kFine},
    {At::leased, Act::reclaim, "ready", kFine},
    {At::leased, Act::extend, "leased", kFine},

    {At::waiting, Act::lease, "waiting", kFine},
    {At::waiting, Act::postpone, "waiting", kStale},
    {At::waiting, Act::bury, "waiting", kStale},
    {At::waiting, Act::release, "waiting", kStale},
    {At::waiting, Act::deliver, "delivered", kFine},
    {At::waiting, Act::retry, "ready", kFine},
    {At::waiting, Act::reclaim, "waiting", kFine},
    {At::waiting, Act::extend, "waiting", kStale},

    {At::dead, Act::lease, "dead", kFine},
    {At::dead, Act::postpone, "dead", kStale},
    {At::dead, Act::bury, "dead", kStale},
    {At::dead, Act::release, "dead", kStale},
    {At::dead, Act::deliver, "delivered", kFine},
    {At::dead, Act::retry, "ready", kFine},
    {At::dead, Act::reclaim, "dead", kFine},
    {At::dead, Act::extend, "dead", kStale},

    {At::delivered, Act::lease, "delivered", kFine},
    {At::delivered, Act::postpone, "delivered", kStale},
    {At::delivered, Act::bury, "delivered", kStale},
    {At::delivered, Act::release, "delivered", kStale},
    {At::delivered, Act::deliver, "delivered", kFine},
    {At::delivered, Act::retry, "delivered", ErrorCode::conflict},
    {At::delivered, Act::reclaim, "delivered", kFine},
    {At::delivered, Act::extend, "delivered", kStale},
};

class States : public Desk, public testing::WithParamInterface<Row> {
 protected:
  /// The item in the row's state; the lease it was last under.
  Parcel bring_to(At at) {
    accept(draft_of(1));
    Parcel parcel = lease();
    switch (at) {
      case At::ready: EXPECT_TRUE(outbox().release(parcel.lease)); break;
      case At::leased: break;
      case At::waiting: EXPECT_TRUE(outbox().postpone(parcel.lease, kNow, kNow + 1h, Reason::network)); break;
      case At::dead: EXPECT_TRUE(outbox().bury(parcel.lease, Reason::refused)); break;
      case At::delivered: EXPECT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow)); break;
    }
    return parcel;
  }
  ErrorCode perform(Act act, const Parcel& parcel) {
    switch (act) {
      case Act::lease: return code_of(outbox().lease_next(kNow, kLeaseTime));
      case Act::postpone: return code_of(outbox().postpone(parcel.lease, kNow, kNow + 1min, Reason::server_busy));
      case Act::bury: return code_of(outbox().bury(parcel.lease, Reason::malformed));
      case Act::release: return code_of(outbox().release(parcel.lease));
      case Act::deliver: return code_of(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
      case Act::retry: return code_of(outbox().retry(id_of(1)));
      case Act::reclaim: return code_of(outbox().reclaim_leases());
      case Act::extend: return code_of(outbox().extend(parcel.lease, kNow, kLeaseTime));
    }
    return kFine;
  }
};

TEST_P(States, EachOperationDoesWhatTheTableSays) {
  const Row row = GetParam();
  const auto parcel = bring_to(row.at);
  const State before = state_of(1);
  EXPECT_EQ(perform(row.act, parcel), row.error);
  reopen();
  EXPECT_STREQ(name_of(state_of(1)), row.then);
  if (row.error != kFine) {
    EXPECT_EQ(state_of(1), before);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, States, testing::ValuesIn(kTable), [](const testing::TestParamInfo<Row>& row) {
  return "row" + std::to_string(row.index) + "_" + row.param.then;
});

using StateDetails = Desk;

TEST_F(StateDetails, AReleasedAttemptIsNotCounted) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().release(lease().lease));
  EXPECT_EQ(lease().attempts, 1);
}

TEST_F(StateDetails, RetryStartsCountingAnewAndKeepsTheReason) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::too_large));
  ASSERT_TRUE(outbox().retry(id_of(1)));
  const auto parcel = lease();
  EXPECT_EQ(parcel.attempts, 1);
  EXPECT_EQ(parcel.last_failure, Reason::too_large);
}

TEST_F(StateDetails, RetryOfWhatIsNotThereIsNotFound) {
  EXPECT_EQ(code_of(outbox().retry(id_of(7))), ErrorCode::not_found);
  EXPECT_EQ(code_of(outbox().show(id_of(7))), ErrorCode::not_found);
}

TEST_F(StateDetails, RetryAllMakesReadyWhatIsDeadAndWhatWaits) {
  for (int i = 1; i <= 4; ++i) accept(draft_of(i));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::refused));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  (void)lease();
  EXPECT_EQ(outbox().retry_all().value(), 2U);
  EXPECT_EQ(outbox().counts()->waiting, 0U);
  EXPECT_EQ(outbox().counts()->leased, 1U);
  EXPECT_EQ(outbox().counts()->ready, 3U);
}

TEST_F(StateDetails, ExtendMovesTheEndOfALease) {
  accept(draft_of(1));
  const auto parcel = lease();
  ASSERT_TRUE(outbox().extend(parcel.lease, kNow + 5min, 10min));
  EXPECT_EQ(state_of(1), (State{Leased{kNow + 15min}}));
}

TEST_F(StateDetails, UploadsAreRememberedAcrossRestartsAndAttempts) {
  auto draft = draft_of(1);
  draft.attachments = {put(10, 1), put(20, 2), put(30, 3)};
  accept(draft);
  const auto& [first, second, third] = std::tie(draft.attachments[0], draft.attachments[1], draft.attachments[2]);
  const auto parcel = lease();
  EXPECT_EQ(parcel.uploads, (std::vector<Upload>{{first, "", false}, {second, "", false}, {third, "", false}}));
  ASSERT_TRUE(outbox().record_upload(parcel.lease, first.sha256, "/v1/uploads/a"));
  ASSERT_TRUE(outbox().record_uploaded(parcel.lease, first.sha256));
  ASSERT_TRUE(outbox().record_upload(parcel.lease, second.sha256, "/v1/uploads/b"));
  ASSERT_TRUE(outbox().record_upload(parcel.lease, third.sha256, "/v1/uploads/c"));
  ASSERT_TRUE(outbox().record_uploaded(parcel.lease, third.sha256));
  ASSERT_TRUE(outbox().forget_upload(parcel.lease, third.sha256));
  reopen();
  const std::vector<Upload> expected{
      {first, "/v1/uploads/a", true}, {second, "/v1/uploads/b", false}, {third, "", false}};
  EXPECT_EQ(outbox().show(id_of(1))->uploads, expected);
  ASSERT_TRUE(outbox().reclaim_leases());
  EXPECT_EQ(lease().uploads, expected);
}

TEST_F(StateDetails, AStaleLeaseRecordsNothing) {
  auto draft = draft_of(1);
  draft.attachments = {put(10, 1)};
  accept(draft);
  const auto stale = lease();
  (void)lease(kNow + kLeaseTime);
  const auto& sha256 = draft.attachments[0].sha256;
  EXPECT_EQ(code_of(outbox().record_upload(stale.lease, sha256, "/x")), ErrorCode::conflict);
  EXPECT_EQ(code_of(outbox().record_uploaded(stale.lease, sha256)), ErrorCode::conflict);
  EXPECT_EQ(code_of(outbox().forget_upload(stale.lease, sha256)), ErrorCode::conflict);
  EXPECT_EQ(outbox().show(id_of(1))->uploads, (std::vector<Upload>{{draft.attachments[0], "", false}}));
}

TEST_F(StateDetails, CountsSayWhatIsThere) {
  for (int i = 1; i <= 5; ++i) accept(draft_of(i));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::refused));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  ASSERT_TRUE(outbox().deliver(id_of(3), receipt_for(lease()), kNow));
  (void)lease();
  EXPECT_EQ(outbox().counts().value(), (Counts{.ready = 1,
                                               .leased = 1,
                                               .waiting = 1,
                                               .dead = 1,
                                               .delivered = 1,
                                               .undelivered_bytes = 400,
                                               .kept_bytes = 0,
                                               .oldest_undelivered = kNow}));
}

}  // namespace
}  // namespace bangwu::outbox
