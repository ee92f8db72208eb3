#include <gtest/gtest.h>

#include "enrolment/readmission.h"
#include "recovery/recovery.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace bangwu::recovery {
namespace {

using namespace std::chrono_literals;
using base::Result;
using std::chrono::days;

constexpr const char* kKiosk = "k-1";
constexpr const char *kFirst = "01a22209-ee18-7dd8-89fc-cf18465cab04",
                     *kSecond = "01a22209-ee18-7dd8-89fc-cf18465cab05";

class Meet : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store->write([&](store::Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = kKiosk, .name = "n", .enrolled_at = clock.now(), .revoked_at = {}, .revoked_why = {}});
    }));
  }
  void add(std::uint64_t sequence) {
    ASSERT_TRUE(store->write([&](store::Transaction& transaction) {
      return transaction.envelopes().add({.id = "e" + std::to_string(sequence),
                                          .kiosk = kKiosk,
                                          .sequence = sequence,
                                          .kind = "rating",
                                          .manifest_hash = "m",
                                          .content_hash = std::nullopt,
                                          .received_at = clock.now(),
                                          .depends_on = std::nullopt,
                                          .wire = "w",
                                          .receipt = "r"});
    }));
  }
  Known meet(const Told& told = {}, std::optional<days> settled_after = std::nullopt) {
    return recovery::meet(*store, kKiosk, told,
                          {.receipt_key = receipts.public_key(),
                           .now = clock.now(),
                           .random = random,
                           .begun = [](const std::string&) {},
                           .settled_after = settled_after})
        .value();
  }
  std::optional<base::SystemTime> twin_seen_at() {
    std::optional<base::SystemTime> seen;
    EXPECT_TRUE(store->read([&](store::Transaction& transaction) -> Result<void> {
      seen = transaction.kiosk_runs().twin_seen_at(kKiosk).value();
      return {};
    }));
    return seen;
  }
  const bool is_ready = envelope::initialise_cryptography();
  support::ScratchDirectory folder;
  support::ManualClock clock;
  base::KernelRandom random;
  envelope::SigningKey receipts = envelope::SigningKey::make(), device = envelope::SigningKey::make();
  std::unique_ptr<store::Store> store =
      store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
};

TEST_F(Meet, OnlyABackupSettlesUnlessTheHallSaysAfterHowManyDays) {
  add(1);
  add(2);
  clock.advance(10 * 24h + 1ms);
  add(3);
  EXPECT_EQ(meet().settled, 0U);
  EXPECT_EQ(meet({}, days{11}).settled, 0U);
  EXPECT_EQ(meet({}, days{10}).settled, 2U);
  clock.advance(10 * 24h + 1ms);
  EXPECT_EQ(meet({}, days{10}).settled, 3U);
}

TEST_F(Meet, WhatIsOldIsNotSettledBehindAGap) {
  add(1);
  add(3);
  clock.advance(100 * 24h);
  EXPECT_EQ(meet({}, days{10}).settled, 1U) << "number 2 was lost, or is still to come";
}

TEST_F(Meet, ABackupSettlesMoreThanDaysDo) {
  add(1);
  add(2);
  ASSERT_TRUE(note_backup(*store, Held{{kKiosk, {{.first = 1, .last = 2}}}}));
  EXPECT_EQ(meet({}, days{10}).settled, 2U);
}

TEST_F(Meet, RunsThatFollowEachOtherAreOneMachine) {
  meet({.run = kFirst});
  clock.advance(1h);
  meet({.run = kSecond});
  meet({.run = kFirst});  // what was still under way when it ended
  clock.advance(1h);
  meet({.run = kSecond});
  meet();
  EXPECT_EQ(twin_seen_at(), std::nullopt);
}

TEST_F(Meet, ARunThatComesBackAfterALaterOneIsASecondMachine) {
  meet({.run = kFirst});
  meet({.run = kSecond});
  clock.advance(2min);
  meet({.run = kFirst});
  EXPECT_EQ(twin_seen_at(), clock.now());
}

/// A receipt of this service for a kiosk it does not know.
class ForgottenKiosk : public Meet {
 protected:
  enrolment::Forgotten machine(const envelope::SigningKey& signer, const std::string& kiosk = "k-FORGOTTEN0") {
    envelope::Receipt receipt;
    receipt.envelope = base::make_uuid_v7(clock.now(), random);
    receipt.kiosk = kiosk;
    receipt.sequence = 4;
    receipt.manifest_hash = std::string(64, 'a');
    receipt.received_at = clock.now();
    envelope::sign(receipt, signer);
    return {.token = "the token", .receipt = receipt, .device_key = device.public_key()};
  }
  bool asks(const enrolment::Forgotten& who) {
    return enrolment::ask_to_be_known(*store, who, receipts.public_key(), clock.now()).value();
  }
  std::size_t keys_of(const std::string& kiosk) {
    std::size_t count = 0;
    EXPECT_TRUE(store->read([&](store::Transaction& transaction) -> Result<void> {
      count = transaction.kiosks().keys(kiosk).value().size();
      return {};
    }));
    return count;
  }
};

TEST_F(ForgottenKiosk, IsKnownAgainByItsReceiptAndAPersonsWord) {
  EXPECT_TRUE(asks(machine(receipts)));
  EXPECT_TRUE(asks(machine(receipts))) << "it asks now and then";
  EXPECT_EQ(keys_of("k-FORGOTTEN0"), 0U) << "nobody has decided yet";
  ASSERT_TRUE(enrolment::readmit(*store, "k-FORGOTTEN0", clock.now(), "root"));
  EXPECT_EQ(keys_of("k-FORGOTTEN0"), 1U);
  EXPECT_EQ(enrolment::readmit(*store, "k-FORGOTTEN0", clock.now(), "root").error().code, base::ErrorCode::not_found);
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> Result<void> {
    const auto journal = transaction.journal().all().value();
    EXPECT_EQ(journal.size(), 1U);
    EXPECT_EQ(journal.at(0).actor, "root");
    EXPECT_NE(journal.at(0).act.find("readmitted k-FORGOTTEN0"), std::string::npos);
    return {};
  }));
}

TEST_F(ForgottenKiosk, IsNobodyWithoutAReceiptOfOurs) {
  EXPECT_FALSE(asks(machine(envelope::SigningKey::make())));
  EXPECT_FALSE(asks(machine(receipts, "")));
}

TEST_F(ForgottenKiosk, ThatIsRevokedStaysRevoked) {
  ASSERT_TRUE(store->write(
      [&](store::Transaction& transaction) { return transaction.kiosks().revoke(kKiosk, clock.now(), "stolen"); }));
  EXPECT_FALSE(asks(machine(receipts, kKiosk)));
}

TEST_F(ForgottenKiosk, OfWhichThereAreTwoIsNotGuessed) {
  EXPECT_TRUE(asks(machine(receipts)));
  auto other = machine(receipts);
  other.token = "another";
  other.device_key = envelope::SigningKey::make().public_key();
  EXPECT_TRUE(asks(other));
  EXPECT_EQ(enrolment::readmit(*store, "k-FORGOTTEN0", clock.now(), "root").error().code, base::ErrorCode::conflict);
}

}  // namespace
}  // namespace bangwu::recovery
