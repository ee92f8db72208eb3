#include "desk.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {
namespace {

/// A queue that is carried through a new enrolment: what it holds is signed by the new identity at the first start.
class NewEnrolment : public Desk {
 protected:
  void enrol_anew() {
    outbox_.reset();
    new_device_.emplace(envelope::SigningKey::make());
    new_central_.emplace(envelope::SigningKey::make());
    auto opened =
        Outbox::open(folder_ / "outbox", blobs_, Identity{"k-1", &*new_device_, new_central_->public_key()}, keeping_);
    ASSERT_TRUE(opened) << opened.error().detail;
    outbox_ = std::move(*opened);
  }
  envelope::Receipt by(const envelope::SigningKey& central, const Parcel& parcel) const {
    auto receipt = receipt_for(parcel);
    envelope::sign(receipt, central);
    return receipt;
  }
  std::optional<envelope::SigningKey> new_device_, new_central_;
};

TEST_F(NewEnrolment, BringsBackAllThatDiedOfTheOldOneAndIsSignedByTheNew) {
  const std::array died_of{Reason::unknown_kiosk, Reason::refused, Reason::different_content,
                           Reason::duplicate_identity};
  for (int i = 1; i <= 10; ++i) accept(draft_of(i));
  for (const auto reason : died_of) ASSERT_TRUE(outbox().bury(lease().lease, reason));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::outcome_unknown));
  (void)lease();
  enrol_anew();
  EXPECT_EQ(outbox().counts()->ready, 10U);
  for (int i = 1; i <= 10; ++i) {
    const auto parcel = lease();
    EXPECT_TRUE(envelope::is_signed_by(parcel.envelope, new_device_->public_key())) << i;
    EXPECT_GT(parcel.envelope.sequence, 10U) << "the kiosk's id lasts, and its numbers count on";
    const bool was_sent = parcel.lease.number <= 6;
    EXPECT_EQ(parcel.last_failure, was_sent ? std::optional{Reason::outcome_unknown} : std::nullopt) << i;
  }
}

TEST_F(NewEnrolment, LeavesDeadWhatDiedOfSomethingElse) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::too_large));
  enrol_anew();
  EXPECT_EQ(state_of(1), (State{Dead{Reason::too_large}}));
  ASSERT_TRUE(outbox().retry(id_of(1)));
  EXPECT_TRUE(envelope::is_signed_by(lease().envelope, new_device_->public_key()));
}

TEST_F(NewEnrolment, SignsOnce) {
  accept(draft_of(1));
  enrol_anew();
  const auto first = outbox().show(id_of(1))->entry;
  auto again = Outbox::open(folder_ / "outbox", blobs_, Identity{"k-1", &*new_device_, new_central_->public_key()});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->show(id_of(1))->entry, first);
}

TEST_F(NewEnrolment, TheReceiptOfTheEarlierSignatureAndTheEarlierReceiptKeyStillCounts) {
  accept(draft_of(1));
  const auto before = lease();
  enrol_anew();
  EXPECT_TRUE(outbox().deliver(id_of(1), by(central_, before), kNow));
}

TEST_F(NewEnrolment, TheEarlierReceiptKeyCountsForNothingAcceptedSince) {
  accept(draft_of(1));
  enrol_anew();
  accept(draft_of(2));
  const auto first = lease();
  const auto second = lease();
  EXPECT_EQ(code_of(outbox().deliver(id_of(2), by(central_, second), kNow)), base::ErrorCode::unauthorised);
  EXPECT_TRUE(outbox().deliver(id_of(2), by(*new_central_, second), kNow));
  EXPECT_TRUE(outbox().deliver(id_of(1), by(*new_central_, first), kNow));
}

TEST_F(NewEnrolment, ARatingBehindADeadItemGoes) {
  accept(draft_of(1));
  auto rating = draft_of(2, 500);
  rating.kind = envelope::Kind::rating;
  rating.depends_on = id_of(1);
  accept(rating);
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::too_large));
  EXPECT_EQ(lease().lease.id, id_of(2));
}

TEST_F(NewEnrolment, RetryAsksForWhatCentralHadOtherContentOf) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::different_content));
  ASSERT_TRUE(outbox().retry(id_of(1)));
  EXPECT_EQ(lease().last_failure, Reason::outcome_unknown);
}

/// The sealed key of format 2 tells whose it is: central opens it under that id and no other.
class OtherId : public Desk {
 protected:
  static Draft sealed(int n) {
    auto draft = draft_of(n);
    draft.sealed_key = some_bytes(81, n);
    draft.sealed_key[0] = 2;
    return draft;
  }
};

TEST_F(OtherId, WhatIsSealedUnderTheOldOneIsNotSignedUnderTheNew) {
  accept(sealed(1));
  const auto before = outbox().show(id_of(1))->entry;
  reopen_as("k-2");
  const auto after = outbox().show(id_of(1))->entry;
  EXPECT_EQ(after.kiosk, "k-1");
  EXPECT_EQ(after.sequence, before.sequence);
  EXPECT_EQ(after.state, (State{Dead{Reason::sealed_for_another}}));
  EXPECT_TRUE(nothing_is_due());
  EXPECT_EQ(outbox().retry_all().value(), 0U);
}

TEST_F(OtherId, ItGoesWhenTheMachineHasItsIdAgain) {
  accept(sealed(1));
  accept(sealed(2));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::too_large));
  reopen_as("k-2");
  device_ = envelope::SigningKey::make();
  reopen_as("k-1");
  const auto parcel = lease();
  EXPECT_EQ(parcel.envelope.id, id_of(2));
  EXPECT_EQ(parcel.envelope.kiosk, "k-1");
  EXPECT_TRUE(envelope::is_signed_by(parcel.envelope, device_.public_key()));
  EXPECT_EQ(state_of(1), (State{Dead{Reason::too_large}}));
}

TEST_F(OtherId, ItGoesAsItWasWhenTheIdentityIsPutBack) {
  accept(sealed(1));
  reopen_as("k-2");
  reopen_as("k-1");
  EXPECT_EQ(lease().envelope.sequence, 1U);
}

TEST_F(OtherId, WhatWaitsForItWaitsNoLonger) {
  accept(sealed(1));
  auto second = draft_of(2);  // of format 1, which goes under any id
  second.depends_on = id_of(1);
  accept(second);
  reopen_as("k-2");
  EXPECT_EQ(lease().lease.id, id_of(2));
}

class Dependency : public Desk {
 protected:
  void accept_behind_nothing(envelope::Kind kind) {
    auto draft = draft_of(1);
    draft.kind = kind;
    draft.depends_on = id_of(9);
    accept(draft);
  }
  /// Central says each time that what it depends on is not there.
  void refuse(int times) {
    for (int i = 0; i < times; ++i) {
      const auto parcel = lease();
      ASSERT_EQ(parcel.envelope.depends_on, id_of(9)) << i;
      ASSERT_TRUE(outbox().postpone(parcel.lease, kNow, kNow, Reason::dependency_missing));
    }
  }
};

TEST_F(Dependency, ARatingGoesWithoutWhatNeverCame) {
  accept_behind_nothing(envelope::Kind::rating);
  refuse(kDependencyAttempts);
  const auto parcel = lease();
  EXPECT_EQ(parcel.envelope.depends_on, std::nullopt);
  EXPECT_TRUE(envelope::is_signed_by(parcel.envelope, device_.public_key()));
  EXPECT_EQ(parcel.manifest_hash, envelope::manifest_hash(parcel.envelope));
  EXPECT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
}

TEST_F(Dependency, WhatMeansNothingWithoutItWaitsForStaff) {
  accept_behind_nothing(envelope::Kind::supplement);
  refuse(kDependencyAttempts);
  EXPECT_TRUE(nothing_is_due());
  EXPECT_EQ(state_of(1), (State{Dead{Reason::dependency_never_came}}));
}

TEST_F(Dependency, WhatWaitsForOneThatIsGivenUpWaitsNoLonger) {
  accept_behind_nothing(envelope::Kind::supplement);
  auto second = draft_of(2);
  second.depends_on = id_of(1);
  accept(second);
  refuse(kDependencyAttempts);
  EXPECT_EQ(lease().lease.id, id_of(2));
}

// As an earlier program left it when the power went between its two commits.
TEST_F(Dependency, AStartUnblocksWhatWaitsForADeadItem) {
  accept(draft_of(1));
  auto second = draft_of(2);
  second.depends_on = id_of(1);
  accept(second);
  outbox_.reset();
  {
    auto database = std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite", {.name = "outbox database"}));
    ASSERT_TRUE(database.execute("UPDATE items SET state = 3, reason = 10 WHERE number = 1"));
  }
  reopen();
  EXPECT_EQ(lease().lease.id, id_of(2));
}

TEST_F(Dependency, ANetworkThatIsDownIsNoReasonToGoWithout) {
  accept_behind_nothing(envelope::Kind::rating);
  for (int i = 0; i < 3 * kDependencyAttempts; ++i) {
    const auto parcel = lease();
    ASSERT_EQ(parcel.envelope.depends_on, id_of(9)) << i;
    ASSERT_TRUE(outbox().postpone(parcel.lease, kNow, kNow, Reason::network));
  }
}

}  // namespace
}  // namespace bangwu::outbox
