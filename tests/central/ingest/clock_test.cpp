#include <gtest/gtest.h>

#include "cases/case_file.h"
#include "envelope/bodies.h"
#include "envelope/receipt.h"
#include "ingest/ingest.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace bangwu::ingest {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

constexpr base::SystemTime kBuilt = sys_days{year{2026} / 11 / 1};
constexpr base::SystemTime kMorning = sys_days{year{2026} / 11 / 23} + 1h;

TEST(ClockGuard, BelievesAClockThatGoesOn) {
  const ClockGuard guard(kBuilt);
  EXPECT_TRUE(guard.check(kMorning, std::nullopt));
  EXPECT_TRUE(guard.check(kMorning, kMorning - 24h));
  EXPECT_TRUE(guard.check(kMorning, kMorning + 9min)) << "a correction by the network's time";
}

TEST(ClockGuard, TellsOfAClockThatCannotBeTrue) {
  const ClockGuard guard(kBuilt);
  EXPECT_FALSE(guard.check(sys_days{year{1966} / 1 / 1}, std::nullopt));
  EXPECT_FALSE(guard.check(kBuilt - 1min, std::nullopt));
  EXPECT_FALSE(guard.check(kMorning, kMorning + 11min)) << "backwards past what was stored";
  EXPECT_FALSE(guard.check(kMorning + std::chrono::days{500}, kMorning)) << "years ahead";
  const ClockGuard told(kBuilt, std::chrono::days{900});
  EXPECT_TRUE(told.check(kMorning + std::chrono::days{500}, kMorning)) << "a person has decided";
}

/// The ingest with a real store and blobs, and a clock of the test's.
class Numbers : public ::testing::Test {
 protected:
  std::string json_of(std::uint64_t sequence) {
    const auto key = envelope::ContentKey::make();
    envelope::Envelope envelope;
    envelope.id = base::make_uuid_v7(kMorning, random);
    envelope.kiosk = "k-1";
    envelope.sequence = sequence;
    envelope.created_at = kMorning;
    envelope.sealed_key = key.seal_to(unsealing.public_key(), sealed_for(envelope)).value();
    domain::Application application;
    application.procedure = "A";
    application.applicant.identity = {domain::IdKind::resident_id, "11010519491231002X", "张三"};
    const std::string body = envelope::to_json(application);
    envelope.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
    envelope::sign(envelope, device);
    return envelope::to_json(envelope);
  }
  void set_clock(base::SystemTime to) { clock.jump_wall_clock(to - clock.now()); }
  Answer receive(const std::string& json) { return ingest->receive(json, std::nullopt, {"k-1", device.public_key()}); }
  void SetUp() override {
    store = store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
    ASSERT_TRUE(store->write([](store::Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = "k-1", .name = "n", .enrolled_at = kBuilt, .revoked_at = std::nullopt, .revoked_why = ""});
    }));
    start();
  }
  void start() {
    ingest.emplace(Ingest::Parts{*store,
                                 blobs,
                                 unsealing,
                                 receipts,
                                 search,
                                 catalogue,
                                 calendar,
                                 clock,
                                 0,
                                 {cases::RunsFrom::hand_in, std::chrono::days{60}},
                                 ClockGuard(kBuilt)});
  }
  bool is_ready = envelope::initialise_cryptography();
  support::ScratchDirectory folder;
  base::KernelRandom random;
  envelope::SigningKey device = envelope::SigningKey::make(), receipts = envelope::SigningKey::make();
  envelope::UnsealingKey unsealing = envelope::UnsealingKey::make();
  envelope::SearchKey search = envelope::SearchKey::make();
  blobs::BlobStore blobs = blobs::BlobStore::open(folder / "blobs").value();
  domain::Catalogue catalogue;
  domain::Calendar calendar;
  support::ManualClock clock;
  std::unique_ptr<store::Store> store;
  std::optional<Ingest> ingest;
};

TEST_F(Numbers, WaitWhileTheClockRunsBackwardsOrAhead) {
  set_clock(kMorning);
  const std::string first = json_of(1), second = json_of(2);
  ASSERT_EQ(receive(first).verdict, Verdict::stored);
  for (const base::SystemTime wrong :
       {base::SystemTime(sys_days{year{1966} / 5 / 16}), kMorning - 1h, kMorning + std::chrono::days{3000}}) {
    set_clock(wrong);
    const auto answer = receive(second);
    EXPECT_EQ(answer.verdict, Verdict::clock_wrong) << base::to_rfc3339(wrong);
    EXPECT_NE(answer.detail.find("set the clock"), std::string::npos) << answer.detail;
    EXPECT_EQ(receive(first).verdict, Verdict::repeated) << "what was answered is answered again";
  }
  set_clock(kMorning + 1h);
  EXPECT_EQ(receive(second).verdict, Verdict::stored);
}

TEST_F(Numbers, WaitAfterARestartToo) {
  set_clock(kMorning);
  ASSERT_EQ(receive(json_of(1)).verdict, Verdict::stored);
  set_clock(kMorning - 24h);
  start();
  EXPECT_EQ(receive(json_of(2)).verdict, Verdict::clock_wrong);
}

/// The year was set wrong, envelopes came, and it was put right: numbers wait until a person says which clock was
/// wrong.
TEST_F(Numbers, GoOnOnceAPersonHasAcceptedTheClock) {
  set_clock(kMorning);
  ASSERT_EQ(receive(json_of(1)).verdict, Verdict::stored);
  set_clock(kMorning + std::chrono::days{365});
  ASSERT_EQ(receive(json_of(2)).verdict, Verdict::stored) << "not so far ahead that nobody believes it";
  set_clock(kMorning + 2h);
  const auto refused = receive(json_of(3));
  EXPECT_EQ(refused.verdict, Verdict::clock_wrong);
  EXPECT_NE(refused.detail.find("clock accept"), std::string::npos) << refused.detail;
  EXPECT_TRUE(ingest->clock_fault().value());
  const ClockGuard guard(kBuilt);
  EXPECT_EQ(accept_clock(*store, guard, kMorning + 2h, "root", "wrong year").value(), 1U);
  clock.advance(2s);
  EXPECT_EQ(receive(json_of(3)).verdict, Verdict::stored) << "the service that runs sees it";
  start();
  EXPECT_FALSE(ingest->clock_fault().value());
  set_clock(kMorning);
  EXPECT_EQ(receive(json_of(4)).verdict, Verdict::clock_wrong) << "what came since is believed again";
  EXPECT_EQ(accept_clock(*store, guard, kMorning + 4h, "root", "x").error().code, base::ErrorCode::invalid_input);
  EXPECT_FALSE(accept_clock(*store, guard, kBuilt - 24h, "root", "x")) << "no clock is right before this program was";
}

/// Carried by hand: judged by the keys of the time it was made.
class ByHand : public Numbers {
 protected:
  void SetUp() override {
    Numbers::SetUp();
    set_clock(kMorning + 10h);
    ASSERT_TRUE(store->write([&](store::Transaction& transaction) -> base::Result<void> {
      auto& kiosks = transaction.kiosks();
      if (auto added = kiosks.add_key(key(earlier, "t1", kMorning - 48h)); !added) return added;
      if (auto ended = kiosks.end_keys("k-1", kMorning - 24h, "replaced"); !ended) return ended;
      return kiosks.add_key(key(device, "t2", kMorning - 24h));
    }));
  }
  static store::KioskKeyRow key(const envelope::SigningKey& of, const char* token, base::SystemTime from) {
    return {.kiosk = "k-1",
            .device_key = envelope::key_to_hex(of.public_key()),
            .token_hash = token,
            .valid_from = from,
            .ended_at = {},
            .ended_why = {}};
  }
  envelope::Envelope made(std::uint64_t sequence, const envelope::SigningKey& by) {
    auto envelope = envelope::envelope_from_json(json_of(sequence)).value();
    envelope::sign(envelope, by);
    return envelope;
  }
  void revoke(base::SystemTime at) {
    ASSERT_TRUE(store->write(
        [&](store::Transaction& transaction) { return transaction.kiosks().revoke("k-1", at, "stolen"); }));
  }
  envelope::SigningKey earlier = envelope::SigningKey::make();
};

TEST_F(ByHand, AnyKeyTheKioskHadCounts) {
  EXPECT_EQ(ingest->receive_by_hand(made(1, earlier)).verdict, Verdict::stored);
  EXPECT_EQ(ingest->receive_by_hand(made(2, device)).verdict, Verdict::stored);
  EXPECT_EQ(ingest->receive_by_hand(made(3, envelope::SigningKey::make())).verdict, Verdict::bad_signature);
  auto stranger = made(4, device);
  stranger.kiosk = "k-2";
  EXPECT_EQ(ingest->receive_by_hand(stranger).verdict, Verdict::unknown_kiosk);
}

TEST_F(ByHand, WhatWasMadeBeforeARevocationIsTakenAndWhatCameAfterIsRefusedClearly) {
  const auto before = made(1, device);
  revoke(kMorning + 1h);
  EXPECT_EQ(ingest->receive_by_hand(before).verdict, Verdict::stored);
  EXPECT_EQ(receive(json_of(2)).verdict, Verdict::kiosk_revoked) << "nothing comes by the network";
  auto after = made(3, device);
  after.created_at = kMorning + 2h;
  envelope::sign(after, device);
  const auto refused = ingest->receive_by_hand(after);
  EXPECT_NE(refused.verdict, Verdict::stored);
  EXPECT_NE(refused.detail.find("after the kiosk was revoked"), std::string::npos) << refused.detail;
}

TEST_F(Numbers, LimitsRunFromTheHandInHoweverLateItArrives) {
  set_clock(kMorning + std::chrono::days{3});
  const auto answer = receive(json_of(1));
  ASSERT_EQ(answer.verdict, Verdict::stored) << answer.detail;
  const auto receipt = envelope::receipt_from_json(answer.receipt).value();
  EXPECT_TRUE(receipt.case_number.starts_with("WJ20261126")) << "numbers are of the day of arrival";
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    EXPECT_EQ(cases::find_case(transaction, receipt.case_number).value()->current.received_on, year{2026} / 11 / 23);
    return {};
  }));
}

TEST_F(Numbers, SameContentUnderAnotherNumberGetsTheSameReceipt) {
  set_clock(kMorning);
  const std::string first = json_of(1);
  const auto stored = receive(first);
  ASSERT_EQ(stored.verdict, Verdict::stored);
  auto again = envelope::envelope_from_json(first).value();
  again.sequence = 9;
  envelope::sign(again, device);
  const auto answer = receive(envelope::to_json(again));
  EXPECT_EQ(answer.verdict, Verdict::repeated);
  EXPECT_EQ(answer.receipt, stored.receipt);
}

}  // namespace
}  // namespace bangwu::ingest
