#include <fstream>

#include "desk.h"

namespace bangwu::outbox {
namespace {

using base::ErrorCode;
using Accept = Desk;

TEST_F(Accept, SignsAndNumbersFromOne) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1), put(40, 2)};
  draft.depends_on = id_of(99);
  const auto accepted = outbox().accept(draft, kNow);
  ASSERT_TRUE(accepted);
  EXPECT_EQ(*accepted, (Acceptance{id_of(1), 1}));
  EXPECT_EQ(outbox().accept(draft_of(2), kNow)->sequence, 2U);

  reopen();
  ASSERT_EQ(lease().envelope.id, id_of(2));  // the smaller one
  const auto parcel = lease();
  const auto& envelope = parcel.envelope;
  EXPECT_EQ(envelope.kiosk, "k-1");
  EXPECT_EQ(envelope.sequence, 1U);
  EXPECT_EQ(envelope.created_at, draft.created_at);
  EXPECT_EQ(envelope.depends_on, draft.depends_on);
  EXPECT_EQ(envelope.sealed_key, draft.sealed_key);
  EXPECT_EQ(envelope.body, draft.body);
  EXPECT_EQ(envelope.attachments, draft.attachments);
  EXPECT_TRUE(envelope::is_signed_by(envelope, device_.public_key()));
  EXPECT_EQ(parcel.manifest_hash, envelope::manifest_hash(envelope));
}

TEST_F(Accept, TheSameDraftAgainIsTheSameAcceptance) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  const auto first = outbox().accept(draft, kNow);
  ASSERT_TRUE(first);
  EXPECT_EQ(outbox().accept(draft, kNow + 1h), first);
  reopen();
  EXPECT_EQ(outbox().accept(draft, kNow + 2h), first);
  EXPECT_EQ(outbox().counts()->ready, 1U);
  EXPECT_EQ(outbox().accept(draft_of(2), kNow)->sequence, 2U);  // no number was used up
}

TEST_F(Accept, TheSameDraftAfterDeliveryIsTheSameAcceptance) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  const auto first = outbox().accept(draft, kNow);
  const auto parcel = lease();
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
  EXPECT_EQ(outbox().accept(draft, kNow), first);
  EXPECT_TRUE(std::holds_alternative<Delivered>(state_of(1)));
}

TEST_F(Accept, OtherContentUnderAKnownIdIsAConflict) {
  accept(draft_of(1));
  auto other = draft_of(1);
  other.body[50] ^= 1;
  EXPECT_EQ(code_of(outbox().accept(other, kNow)), ErrorCode::conflict);
  other = draft_of(1);
  other.attachments = {put(10, 1)};
  EXPECT_EQ(code_of(outbox().accept(other, kNow)), ErrorCode::conflict);
}

TEST_F(Accept, AnAttachmentThatIsNotThereIsRefused) {
  auto draft = draft_of(1);
  const std::string nowhere(64, 'a');
  draft.attachments = {{nowhere, 5, "image/jpeg", "material"}};
  EXPECT_EQ(code_of(outbox().accept(draft, kNow)), ErrorCode::not_found);
  EXPECT_EQ(outbox().counts(), Counts{});
}

TEST_F(Accept, ADamagedAttachmentIsRefused) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  const auto path = blobs_.path_of(draft.attachments[0].sha256);
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(1500).put('!');
  EXPECT_EQ(code_of(outbox().accept(draft, kNow)), ErrorCode::corrupt);
  std::filesystem::resize_file(path, 0);
  EXPECT_EQ(code_of(outbox().accept(draft, kNow)), ErrorCode::corrupt);
  EXPECT_EQ(outbox().counts(), Counts{});
}

TEST_F(Accept, AnAttachmentOfAnotherSizeIsRefused) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  draft.attachments[0].size = 2999;
  EXPECT_EQ(code_of(outbox().accept(draft, kNow)), ErrorCode::corrupt);
}

TEST_F(Accept, WhatNoCentralWouldTakeIsRefused) {
  const auto refused = [&](auto change) {
    auto draft = draft_of(1);
    change(draft);
    return code_of(outbox().accept(draft, kNow)) == ErrorCode::invalid_input;
  };
  EXPECT_TRUE(refused([](Draft& draft) { draft.sealed_key.pop_back(); }));
  EXPECT_TRUE(refused([](Draft& draft) { draft.body.clear(); }));
  EXPECT_TRUE(refused([](Draft& draft) { draft.body.resize((4U << 20) + 1); }));
  EXPECT_TRUE(refused([](Draft& draft) { draft.depends_on = draft.id; }));
  EXPECT_TRUE(refused([](Draft& draft) { draft.attachments = {{"short", 5, "image/jpeg", "material"}}; }));
  EXPECT_TRUE(refused([&](Draft& draft) { draft.attachments = {put(9, 1), put(9, 1)}; }));
  EXPECT_EQ(outbox().counts(), Counts{});
}

TEST_F(Accept, WithoutEnrolmentNothingIsAccepted) {
  auto opened = Outbox::open(folder_ / "other", blobs_, std::nullopt);
  ASSERT_TRUE(opened);
  EXPECT_EQ(code_of(opened->accept(draft_of(1), kNow)), ErrorCode::unauthorised);
  EXPECT_TRUE(opened->list(Which::all)->empty());
}

TEST_F(Accept, ADependantIsPassedOverUntilWhatItNeedsIsDelivered) {
  accept(draft_of(1, 5000));
  auto dependant = draft_of(2);
  dependant.depends_on = id_of(1);
  dependant.priority = Priority::urgent;
  accept(dependant);
  EXPECT_TRUE(outbox().show(id_of(2))->entry.is_blocked);
  const auto first = lease();
  EXPECT_EQ(first.lease.id, id_of(1));
  EXPECT_TRUE(nothing_is_due());
  ASSERT_TRUE(outbox().postpone(first.lease, kNow, kNow + 1h, Reason::network));
  EXPECT_TRUE(nothing_is_due());
  ASSERT_TRUE(outbox().retry(id_of(1)));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  EXPECT_EQ(lease().lease.id, id_of(2));
}

TEST_F(Accept, RoomIsWhatTheDiskHas) {
  EXPECT_TRUE(outbox().has_room(1).value());
  EXPECT_FALSE(outbox().has_room(std::uint64_t{1} << 60).value());
}

// To central a number that comes again is another machine under the same identity.
TEST_F(Accept, ANumberIsNeverGivenAgainThoughItsItemIsDeliveredAndForgotten) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  EXPECT_EQ(outbox().accept(draft_of(2), kNow)->sequence, 2U);
  ASSERT_EQ(forget_daily(kNow, 181), 1U);
  EXPECT_EQ(outbox().accept(draft_of(3), kNow)->sequence, 3U);
}

TEST_F(Accept, TwoConnectionsNeverGiveTheSameNumber) {
  auto other = open_as("k-1");
  ASSERT_TRUE(other);
  for (int i = 1; i <= 20; ++i) {
    auto& mine = i % 2 == 0 ? outbox() : *other;
    EXPECT_EQ(mine.accept(draft_of(i), kNow)->sequence, static_cast<std::uint64_t>(i));
  }
}

}  // namespace
}  // namespace bangwu::outbox
