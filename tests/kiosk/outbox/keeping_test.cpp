#include "desk.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {
namespace {

using base::ErrorCode;

/// A kiosk that keeps what it delivered until the central service says that it is safe there.
class Kept : public Desk {
 protected:
  Kept() {
    keeping_ = {.budget = 1U << 20, .keep_free = 0};
    reopen();
  }
  /// Item n with a page of that size, delivered; its page.
  envelope::Attachment deliver(int n, std::size_t size = 3000) {
    auto draft = draft_of(n);
    draft.attachments = {put(size, n)};
    accept(draft);
    EXPECT_TRUE(outbox().deliver(id_of(n), receipt_for(lease()), kNow));
    return draft.attachments[0];
  }
  bool is_kept(int n) { return outbox().show(id_of(n))->entry.is_kept; }
};

TEST_F(Kept, StaysWholeAcrossRestartsAndSweeps) {
  const auto page = deliver(1);
  reopen();
  EXPECT_EQ(outbox().sweep_blobs().value(), 0U);
  EXPECT_TRUE(has_blob(page));
  EXPECT_EQ(state_of(1), (State{Delivered{kNow}}));
  EXPECT_EQ(outbox().counts()->kept_bytes, 3100U);
  EXPECT_EQ(outbox().counts()->undelivered_bytes, 0U);
  EXPECT_TRUE(nothing_is_due());
}

TEST_F(Kept, GoesWhenItIsSettled) {
  const auto first = deliver(1);
  const auto second = deliver(2);
  EXPECT_EQ(outbox().settle(1).value(), 1U);
  EXPECT_FALSE(has_blob(first));
  EXPECT_TRUE(has_blob(second));
  EXPECT_EQ(outbox().settle(1).value(), 0U);
  EXPECT_EQ(outbox().settle(99).value(), 1U);
  EXPECT_FALSE(has_blob(second));
  EXPECT_TRUE(outbox().show(id_of(1))->receipt) << "the ledger's line stays";
}

// A number that was never used, or whose item is dead, must not keep all after it for ever.
TEST_F(Kept, WhatIsSafeBehindAGapGoesToo) {
  const auto first = deliver(1);
  const auto second = deliver(2);
  const auto third = deliver(3);
  EXPECT_EQ(outbox().settle(3, 3).value(), 1U);
  EXPECT_TRUE(has_blob(first) && has_blob(second));
  EXPECT_FALSE(has_blob(third));
}

TEST_F(Kept, IsSettledUnderTheNumberItArrivedUnder) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  accept(draft);
  const auto receipt = receipt_for(lease());
  device_ = envelope::SigningKey::make();
  reopen();  // signed anew, as number 2
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt, kNow));
  EXPECT_EQ(outbox().settle(2, 2).value(), 0U);
  EXPECT_EQ(outbox().settle(1).value(), 1U);
}

TEST_F(Kept, TheLatestReceiptIsOfWhatArrivedLast) {
  EXPECT_EQ(outbox().latest_receipt().value(), std::nullopt);
  accept(draft_of(1, 300));
  accept(draft_of(2, 100));
  const auto small = lease();
  const auto large = lease();
  const auto earlier = receipt_for(small);
  const auto later = receipt_for(large.lease.id, large.manifest_hash, 1, kNow + 1h);
  ASSERT_TRUE(outbox().deliver(large.lease.id, later, kNow));
  ASSERT_TRUE(outbox().deliver(small.lease.id, earlier, kNow + 1min));
  EXPECT_EQ(outbox().latest_receipt().value(), later);
  central_ = envelope::SigningKey::make();
  reopen();
  EXPECT_EQ(outbox().latest_receipt().value(), std::nullopt) << "of another receipt key it proves nothing";
}

TEST_F(Kept, TellsForWhomSomethingLiesHere) {
  EXPECT_TRUE(outbox().held_for()->empty());
  deliver(1);
  EXPECT_EQ(outbox().held_for().value(), std::vector<std::string>{"k-1"});
  ASSERT_TRUE(outbox().settle(9));
  EXPECT_TRUE(outbox().held_for()->empty());
  accept(draft_of(2));
  EXPECT_EQ(outbox().held_for().value(), std::vector<std::string>{"k-1"});
}

TEST_F(Kept, WhatIsNotDeliveredIsNeverSettled) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  accept(draft);
  EXPECT_EQ(outbox().settle(99).value(), 0U);
  EXPECT_TRUE(has_blob(draft.attachments[0]));
  EXPECT_EQ(lease().lease.id, id_of(1));
}

TEST_F(Kept, TheOldestGoesWhenTheBudgetIsSpent) {
  const auto first = deliver(1, 500'000);
  const auto second = deliver(2, 500'000);
  EXPECT_TRUE(has_blob(first));
  const auto third = deliver(3, 500'000);
  EXPECT_FALSE(has_blob(first));
  EXPECT_FALSE(is_kept(1));
  EXPECT_TRUE(has_blob(second) && has_blob(third));
  keeping_.budget = 0;
  reopen();
  EXPECT_FALSE(has_blob(second) || has_blob(third));
}

TEST_F(Kept, NothingIsKeptWhereRoomIsShort) {
  keeping_.keep_free = std::uint64_t{1} << 60;
  reopen();
  EXPECT_FALSE(has_blob(deliver(1)));
}

TEST_F(Kept, MakesRoomForAVisit) {
  const auto page = deliver(1);
  EXPECT_TRUE(outbox().has_room(1).value());
  EXPECT_TRUE(has_blob(page));
  EXPECT_FALSE(outbox().has_room(std::uint64_t{1} << 60).value());
  EXPECT_FALSE(has_blob(page));
}

TEST_F(Kept, IsGivenAgainWithTheReceiptItHas) {
  const auto page = deliver(1);
  const auto receipt = outbox().show(id_of(1))->receipt;
  ASSERT_TRUE(outbox().give_again(id_of(1)));
  reopen();
  const auto parcel = lease();
  EXPECT_EQ(parcel.receipt, receipt);
  EXPECT_EQ(parcel.last_failure, Reason::outcome_unknown) << "it is asked for first";
  EXPECT_EQ(parcel.uploads, (std::vector<Upload>{{page, "", false}}));
  EXPECT_TRUE(envelope::is_signed_by(parcel.envelope, device_.public_key()));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow + 1h));
  EXPECT_EQ(state_of(1), (State{Delivered{kNow + 1h}}));
  EXPECT_TRUE(is_kept(1));
}

TEST_F(Kept, OnlyWhatIsKeptCanBeGivenAgain) {
  deliver(1);
  ASSERT_TRUE(outbox().settle(1));
  EXPECT_EQ(code_of(outbox().give_again(id_of(1))), ErrorCode::unavailable);
  accept(draft_of(2));
  EXPECT_EQ(code_of(outbox().give_again(id_of(2))), ErrorCode::conflict);
  EXPECT_EQ(code_of(outbox().give_again(id_of(3))), ErrorCode::not_found);
}

TEST_F(Kept, TheSameDraftIsStillTheSameEnvelope) {
  deliver(1);
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  EXPECT_EQ(outbox().accept(draft, kNow)->sequence, 1U);
}

TEST_F(Kept, ALedgerLineLivesAsLongAsWhatItKeeps) {
  deliver(1);
  EXPECT_EQ(forget_daily(kNow, 400), 0U);
  ASSERT_TRUE(outbox().settle(1));
  EXPECT_EQ(forget_daily(kNow + 24h * 400, 1), 1U);
}

/// Of the first of two delivered items something cannot be removed; the second and the machine must not notice.
class Stubborn : public Kept {
 protected:
  Stubborn() : first(deliver(1)), second(deliver(2)) {}
  envelope::Attachment first, second;
};

TEST_F(Stubborn, ANameThatNoPageHasIsPassedOver) {
  outbox_.reset();
  {
    auto database = std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite", {.name = "outbox database"}));
    ASSERT_TRUE(database.execute("UPDATE attachments SET sha256 = 'nonsense' WHERE item = 1"));
  }
  reopen();
  EXPECT_EQ(outbox().settle(99).value(), 2U);
  EXPECT_FALSE(has_blob(second));
  EXPECT_EQ(outbox().sweep_blobs().value(), 1U) << "nothing names that page any more";
  reopen();
  EXPECT_EQ(outbox().counts()->kept_bytes, 0U);
}

TEST_F(Stubborn, APageThatCannotBeRemovedStopsNothing) {
  const auto page = blobs_.path_of(first.sha256);
  std::filesystem::remove(page);
  std::filesystem::create_directory(page);
  EXPECT_EQ(outbox().settle(99).value(), 2U);
  EXPECT_FALSE(has_blob(second));
  reopen();
  EXPECT_TRUE(outbox().has_room(1).value());
  std::filesystem::remove(page);
  reopen();
  auto database = std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite", {.name = "outbox database"}));
  auto rest = database.prepare("SELECT count(*) FROM attachments");
  ASSERT_TRUE(rest.step().value());
  EXPECT_EQ(rest.integer(0), 0) << "the next start tries again";
}

}  // namespace
}  // namespace bangwu::outbox
