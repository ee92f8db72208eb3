#include <fstream>
#include <iterator>

#include "desk.h"

namespace bangwu::outbox {
namespace {

using base::ErrorCode;
using Delivery = Desk;

std::string whole_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(Delivery, AReceiptThatProvesItRemovesPayloadAndBlobs) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1), put(4000, 2)};
  accept(draft);
  const auto parcel = lease();
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
  EXPECT_FALSE(has_blob(draft.attachments[0]));
  EXPECT_FALSE(has_blob(draft.attachments[1]));
  const auto details = outbox().show(id_of(1));
  EXPECT_EQ(details->entry.state, (State{Delivered{kNow}}));
  EXPECT_EQ(details->receipt, receipt_for(parcel));
  EXPECT_TRUE(details->uploads.empty());
  EXPECT_TRUE(outbox().list(Which::undelivered)->empty());
  EXPECT_EQ(outbox().list(Which::all)->size(), 1U);
}

TEST_F(Delivery, NothingElseRemovesAnything) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  accept(draft);
  const auto parcel = lease();
  const auto good = receipt_for(parcel);
  const auto refuses = [&](envelope::Receipt receipt) {
    return code_of(outbox().deliver(id_of(1), receipt, kNow)) == ErrorCode::unauthorised;
  };
  auto changed = good;
  changed.case_number = "WJ-2";
  EXPECT_TRUE(refuses(changed));
  changed = good;
  changed.signature[3] ^= 1;
  EXPECT_TRUE(refuses(changed));
  changed = good;
  changed.signature.clear();
  EXPECT_TRUE(refuses(changed));
  EXPECT_TRUE(refuses(receipt_for(id_of(2), parcel.manifest_hash)));  // of another envelope
  EXPECT_TRUE(refuses(receipt_for(id_of(1), std::string(64, '0'))));  // of other content
  changed = good;
  envelope::sign(changed, device_);  // not the central service
  EXPECT_TRUE(refuses(changed));
  EXPECT_TRUE(std::holds_alternative<Leased>(state_of(1)));
  EXPECT_TRUE(has_blob(draft.attachments[0]));
  EXPECT_EQ(code_of(outbox().deliver(id_of(2), good, kNow)), ErrorCode::not_found);
}

TEST_F(Delivery, ARepeatIsNoError) {
  accept(draft_of(1));
  const auto parcel = lease();
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
  EXPECT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow + 1h));
  EXPECT_EQ(state_of(1), (State{Delivered{kNow}}));
  EXPECT_EQ(code_of(outbox().deliver(id_of(1), receipt_for(id_of(1), std::string(64, '1')), kNow)),
            ErrorCode::unauthorised);
}

TEST_F(Delivery, NeedsNoLease) {
  accept(draft_of(1));
  const auto parcel = lease();
  ASSERT_TRUE(outbox().postpone(parcel.lease, kNow, kNow + 1h, Reason::outcome_unknown));
  EXPECT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
}

TEST_F(Delivery, ABlobAnotherItemUsesStays) {
  const auto shared = put(3000, 1);
  auto first = draft_of(1);
  first.attachments = {shared};
  auto second = draft_of(2, 500);
  second.attachments = {shared, put(50, 2)};
  accept(first);
  accept(second);
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  EXPECT_TRUE(has_blob(shared));
  ASSERT_TRUE(outbox().deliver(id_of(2), receipt_for(lease()), kNow));
  EXPECT_FALSE(has_blob(shared));
}

TEST_F(Delivery, TheDatabaseKeepsNothingOfThePayload) {
  auto draft = draft_of(1, 30000);
  const std::string body(draft.body.begin(), draft.body.end());
  accept(draft);
  const auto somewhere = [&](std::size_t at) {
    const std::string piece = body.substr(at, 64);
    return whole_file(folder_ / "outbox" / "outbox.sqlite").find(piece) != std::string::npos ||
           whole_file(folder_ / "outbox" / "outbox.sqlite-wal").find(piece) != std::string::npos;
  };
  ASSERT_TRUE(somewhere(100));
  ASSERT_TRUE(somewhere(20000));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  for (std::size_t at = 0; at + 64 < body.size(); at += 61) ASSERT_FALSE(somewhere(at)) << at;
}

TEST_F(Delivery, WhatARemovalLeftBehindIsRemovedAtTheNextStart) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  accept(draft);
  const auto parcel = lease();
  // A folder in the blob's place cannot be unlinked: the receipt is stored, the removal fails.
  const auto path = blobs_.path_of(draft.attachments[0].sha256);
  std::filesystem::rename(path, folder_ / "aside");
  std::filesystem::create_directory(path);
  EXPECT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
  EXPECT_TRUE(std::holds_alternative<Delivered>(state_of(1)));
  std::filesystem::remove(path);
  std::filesystem::rename(folder_ / "aside", path);
  ASSERT_TRUE(has_blob(draft.attachments[0]));
  reopen();
  EXPECT_FALSE(has_blob(draft.attachments[0]));
}

TEST_F(Delivery, TheLedgerIsKept180Days) {
  accept(draft_of(1));
  accept(draft_of(2));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  EXPECT_EQ(forget_daily(kNow, 180), 0U);
  EXPECT_EQ(forget_daily(kNow + 24h * 180, 1), 1U);
  EXPECT_EQ(code_of(outbox().show(id_of(1))), ErrorCode::not_found);
  EXPECT_EQ(forget_daily(kNow + 24h * 181, 200), 0U);  // what is not delivered stays
  EXPECT_EQ(outbox().counts()->ready, 1U);
}

TEST_F(Delivery, AClockThatJumpsErasesNoLedger) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  for (const auto now : {kNow + 24h * 365, kNow - 24h * 9000, kNow + 24h * 9999, kNow + 24h}) {
    EXPECT_EQ(outbox().forget_old(now).value(), 0U);
    reopen();
  }
  EXPECT_TRUE(outbox().show(id_of(1)));
}

TEST_F(Delivery, SweepRemovesOnlyBlobsNoItemUses) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  accept(draft);
  const auto orphan = put(3000, 2);
  std::ofstream(folder_ / "blobs" / "incoming" / "half") << "half a page";
  EXPECT_EQ(outbox().sweep_blobs().value(), 2U);
  EXPECT_TRUE(has_blob(draft.attachments[0]));
  EXPECT_FALSE(has_blob(orphan));
}

using Enrolment = Desk;

TEST_F(Enrolment, TheFirstStartAfterEnrollingAgainSignsAnew) {
  accept(draft_of(1));
  const auto before = lease();
  ASSERT_TRUE(outbox().bury(before.lease, Reason::unknown_kiosk));
  reopen_as("k-2");
  const auto after = lease();
  EXPECT_EQ(after.envelope.id, before.envelope.id) << "it is still the same, should both arrive";
  EXPECT_EQ(after.envelope.kiosk, "k-2");
  EXPECT_EQ(after.envelope.sequence, 1U);
  EXPECT_TRUE(envelope::is_signed_by(after.envelope, device_.public_key()));
  EXPECT_EQ(after.manifest_hash, envelope::manifest_hash(after.envelope));
  EXPECT_NE(after.manifest_hash, before.manifest_hash);
  EXPECT_EQ(after.envelope.body, before.envelope.body);
  EXPECT_EQ(outbox().accept(draft_of(2), kNow)->sequence, 2U);
}

TEST_F(Enrolment, ADuplicateIdentityGetsANewNumber) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::duplicate_identity));
  ASSERT_TRUE(outbox().retry(id_of(1)));
  EXPECT_EQ(lease().envelope.sequence, 2U);
}

TEST_F(Enrolment, OtherDeadItemsAreRetriedAsTheyWere) {
  accept(draft_of(1));
  const auto before = lease();
  ASSERT_TRUE(outbox().bury(before.lease, Reason::refused));
  ASSERT_TRUE(outbox().retry(id_of(1)));
  EXPECT_EQ(lease().envelope, before.envelope);
}

TEST_F(Enrolment, AReceiptForTheEarlierSignatureStillCounts) {
  accept(draft_of(1));
  const auto before = lease();
  ASSERT_TRUE(outbox().postpone(before.lease, kNow, kNow + 1min, Reason::outcome_unknown));
  reopen_as("k-2");
  EXPECT_TRUE(outbox().deliver(id_of(1), receipt_for(before), kNow));
}

TEST_F(Enrolment, UploadsOfTheEarlierKioskStartAnew) {
  auto draft = draft_of(1);
  draft.attachments = {put(10, 1)};
  accept(draft);
  const auto parcel = lease();
  ASSERT_TRUE(outbox().record_upload(parcel.lease, draft.attachments[0].sha256, "/v1/uploads/a"));
  ASSERT_TRUE(outbox().bury(parcel.lease, Reason::unknown_kiosk));
  reopen_as("k-2");
  EXPECT_EQ(lease().uploads[0].url, "");
}

TEST_F(Enrolment, TheSameDraftIsKnownUnderAnyEnrolment) {
  accept(draft_of(1));
  reopen_as("k-2");
  EXPECT_TRUE(outbox().accept(draft_of(1), kNow));
  EXPECT_EQ(outbox().counts()->ready, 1U);
}

}  // namespace
}  // namespace bangwu::outbox
