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
