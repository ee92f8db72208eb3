#include <gmock/gmock.h>

#include <set>

#include "with_central.h"

/// The real central service put back from an older copy, under couriers that hold its receipts.
namespace bangwu::courier {
namespace {

using testing::HasSubstr;
using testing::Not;

class Restored : public WithCentral {
 protected:
  void SetUp() override {
    for (const char* name : {"first", "second", "third"}) {
      auto who = std::make_unique<identity::KioskIdentity>(enrol_at(name));
      auto box = open_outbox(std::string("outbox-") + name, *who);
      identities.push_back(std::move(who));
      machines.push_back(std::make_unique<outbox::Outbox>(std::move(box)));
      accepted.emplace_back();
    }
  }
  void visit(std::size_t machine, int count) {
    for (int i = 0; i < count; ++i)
      accepted[machine].push_back(accept(*machines[machine], {20'000, 3'000}, identities[machine].get()));
  }
  /// A courier of that machine starts, meets the service and delivers all that is due.
  void run_courier(std::size_t machine) {
    auto& box = *machines[machine];
    const auto& who = *identities[machine];
    auto courier = Courier::open(settings(who), who.central_url, box, *store, clock, random);
    ASSERT_TRUE(courier);
    const auto met = courier->meet_central({});
    ASSERT_TRUE(met) << met.error().detail;
    for (int i = 0; i < 60 && undelivered(box) > 0; ++i) {
      const auto due = box.next_due(clock.now()).value();
      if (due && *due > clock.now()) clock.advance(*due - clock.now());
      ASSERT_TRUE(courier->deliver_one({}));
    }
    EXPECT_EQ(undelivered(box), 0U);
  }
  /// One attempt, whatever else waits.
  void run_courier_once(std::size_t machine) {
    const auto& who = *identities[machine];
    auto courier = Courier::open(settings(who), who.central_url, *machines[machine], *store, clock, random);
    ASSERT_TRUE(courier && courier->deliver_one({}));
  }
  /// The fixture's own machine, which handed in nothing.
  void meet_as_the_fourth() {
    auto box = open_outbox();
    auto courier = Courier::open(settings(), identity->central_url, box, *store, clock, random);
    ASSERT_TRUE(courier && courier->meet_central({}));
  }
  [[nodiscard]] std::vector<std::string> numbers(std::size_t machine) {
    std::vector<std::string> found;
    for (const auto& id : accepted[machine]) {
      const auto details = machines[machine]->show(id).value();
      if (details.receipt) found.push_back(details.receipt->case_number);
    }
    return found;
  }
  void put_in_place(const std::filesystem::path& folder) {
    ASSERT_EQ(central.terminate(), 0);
    std::filesystem::rename(central.data(), central.folder() / "lost");
    std::filesystem::rename(folder, central.data());
  }
  void start_central() {
    central.start();
    proxy.set_upstream(central.port());
  }
  void expect_each_number_once(const std::vector<std::string>& all) {
    const std::set<std::string> different(all.begin(), all.end());
    EXPECT_EQ(different.size(), all.size()) << testing::PrintToString(all);
    for (const auto& number : all) EXPECT_EQ(central.run({"show", number}).code, 0) << number;
  }
  std::vector<std::unique_ptr<identity::KioskIdentity>> identities;
  std::vector<std::unique_ptr<outbox::Outbox>> machines;
  std::vector<std::vector<base::Uuid>> accepted;
};

TEST_F(Restored, FromAnOlderBackupUnderThreeKiosksLosesNothingAndTellsNoNumberTwice) {
  for (std::size_t machine = 0; machine < 3; ++machine) {
    visit(machine, 2);
    run_courier(machine);
  }
  const auto backup = central.folder() / "backup", restored = central.folder() / "restored";
  ASSERT_EQ(central.run({"backup", backup}).code, 0);
  std::vector<std::vector<std::string>> told;
  for (std::size_t machine = 0; machine < 3; ++machine) {
    visit(machine, 3);
    run_courier(machine);
    told.push_back(numbers(machine));
    ASSERT_EQ(told.back().size(), 5U);
  }
  ASSERT_EQ(support::CentralProcess::run_exactly({"restore", backup, "--data", restored}).code, 0);
  put_in_place(restored);
  start_central();

  visit(2, 1);  // the third is offline
  visit(0, 1);
  run_courier(0);
  run_courier(1);
  run_courier(0);
  run_courier(1);
  EXPECT_THAT(central.verify().output, HasSubstr("recovering")) << "staff see that one has not come yet";
  run_courier(2);
  run_courier(2);
  meet_as_the_fourth();

  std::vector<std::string> all;
  for (std::size_t machine = 0; machine < 3; ++machine) {
    const auto now = numbers(machine);
    for (std::size_t i = 0; i < told[machine].size(); ++i) EXPECT_EQ(now[i], told[machine][i]);
    all.insert(all.end(), now.begin(), now.end());
  }
  expect_each_number_once(all);
  expect_everything_arrived_once();
  EXPECT_THAT(central.verify().output, Not(HasSubstr("recovering")));
}

/// A machine enrolled after the backup was made: its identity comes back by its receipt and one order of a person's.
TEST_F(Restored, AMachineTheServiceHasForgottenIsKnownAgain) {
  const auto backup = central.folder() / "backup", restored = central.folder() / "restored";
  ASSERT_EQ(central.run({"backup", backup}).code, 0);
  identities.push_back(std::make_unique<identity::KioskIdentity>(enrol_at("late")));
  auto late = open_outbox("outbox-late", *identities.back());
  machines.push_back(std::make_unique<outbox::Outbox>(std::move(late)));
  accepted.emplace_back();
  visit(3, 2);
  run_courier(3);
  const auto told = numbers(3);
  ASSERT_EQ(told.size(), 2U);
  ASSERT_EQ(support::CentralProcess::run_exactly({"restore", backup, "--data", restored}).code, 0);
  put_in_place(restored);
  start_central();
  {
    auto courier =
        Courier::open(settings(*identities[3]), identities[3]->central_url, *machines[3], *store, clock, random);
    ASSERT_TRUE(courier && courier->meet_central({}));
  }
  const std::string& id = identities[3]->kiosk;
  const auto listed = central.run({"kiosks", "list"});
  EXPECT_THAT(listed.output, HasSubstr(id + "  asks to be known again"));
  EXPECT_THAT(listed.errors, HasSubstr("recovering since")) << "every command says so";
  const auto readmitted = central.run({"kiosks", "readmit", id});
  ASSERT_EQ(readmitted.code, 0) << readmitted.errors;
  visit(3, 1);
  run_courier(3);
  run_courier(3);
  const auto now = numbers(3);
  ASSERT_EQ(now.size(), 3U);
  for (std::size_t i = 0; i < told.size(); ++i) EXPECT_EQ(now[i], told[i]);
  expect_each_number_once(now);
  EXPECT_THAT(central.run({"kiosks", "list"}).output, Not(HasSubstr("asks to be known")));
}

/// The whole folder, with its watermark, as a machine's snapshot is: only the kiosks know more.
TEST_F(Restored, AnOlderCopyOfEverythingIsNoticedByAKiosksReceipt) {
  visit(0, 2);
  run_courier(0);
  ASSERT_EQ(central.terminate(), 0);
  const auto snapshot = central.folder() / "snapshot";
  std::filesystem::copy(central.data(), snapshot, std::filesystem::copy_options::recursive);
  start_central();
  visit(0, 2);
  run_courier(0);
  const auto told = numbers(0);
  put_in_place(snapshot);
  start_central();
  for (std::size_t machine : {0U, 1U, 2U, 0U}) run_courier(machine);
  meet_as_the_fourth();
  EXPECT_EQ(numbers(0), told);
  expect_everything_arrived_once();
  ASSERT_EQ(central.terminate(), 0);
  EXPECT_THAT(central.log(), HasSubstr("recovery.begun"));
  EXPECT_THAT(central.log(), HasSubstr("recovery.ended"));
  central.start();  // its watermark moved to the new generation too
}

TEST_F(Restored, WhatAVerifiedBackupHoldsIsKeptNoLonger) {
  visit(0, 3);
  run_courier(0);
  EXPECT_GT(machines[0]->counts()->kept_bytes, 60'000U);
  run_courier(0);
  EXPECT_GT(machines[0]->counts()->kept_bytes, 60'000U) << "no backup yet";
  ASSERT_EQ(central.run({"backup", central.folder() / "backup"}).code, 0);
  run_courier(0);
  EXPECT_EQ(machines[0]->counts()->kept_bytes, 0U);
}

/// Numbers are burnt where a kiosk signs anew, or counts on from what its central service has seen.
class WithAGap : public Restored {
 protected:
  void SetUp() override {
    Restored::SetUp();
    visit(0, 1);
    run_courier(0);
    ASSERT_TRUE(machines[0]->learn_sequence(10).value());
    visit(0, 2);
    run_courier(0);
  }
  void restore() {
    const auto restored = central.folder() / "restored";
    ASSERT_EQ(support::CentralProcess::run_exactly({"restore", backup, "--data", restored}).code, 0);
    put_in_place(restored);
    start_central();
  }
  const std::filesystem::path backup = central.folder() / "backup";
};

TEST_F(WithAGap, WhatAVerifiedBackupHoldsIsKeptNoLonger) {
  ASSERT_EQ(central.run({"backup", backup}).code, 0);
  visit(0, 1);
  run_courier(0);
  run_courier(0);
  EXPECT_GT(machines[0]->counts()->kept_bytes, 20'000U) << "the last is not in it";
  EXPECT_LT(machines[0]->counts()->kept_bytes, 40'000U);
}

TEST_F(WithAGap, ARecoveryEnds) {
  ASSERT_EQ(central.run({"backup", backup}).code, 0);
  visit(0, 1);
  run_courier(0);
  restore();
  for (std::size_t machine : {0U, 1U, 2U, 0U}) run_courier(machine);
  meet_as_the_fourth();
  EXPECT_THAT(central.verify().output, Not(HasSubstr("recovering")));
  expect_everything_arrived_once();
}

TEST_F(WithAGap, ARecoveryEndsWhenNobodyHasWhatIsLost) {
  ASSERT_EQ(central.run({"backup", backup}).code, 0);
  visit(0, 1);
  run_courier(0);
  ASSERT_TRUE(machines[0]->settle(UINT32_MAX));
  restore();
  for (std::size_t machine : {0U, 1U, 2U}) run_courier(machine);
  meet_as_the_fourth();
  run_courier(0);
  EXPECT_THAT(central.verify().output, Not(HasSubstr("recovering")));
  ASSERT_EQ(central.terminate(), 0);
  EXPECT_THAT(central.log(), HasSubstr("recovery.lost_for_good"));
}

/// What lay longest arrives last: its number is not the highest.
TEST_F(Restored, IsNoticedByTheReceiptOfWhatArrivedLast) {
  visit(0, 2);
  const auto first = machines[0]->lease_next(clock.now(), std::chrono::minutes{10}).value();
  ASSERT_TRUE(first);
  run_courier_once(0);
  ASSERT_EQ(central.terminate(), 0);
  const auto snapshot = central.folder() / "snapshot";
  std::filesystem::copy(central.data(), snapshot, std::filesystem::copy_options::recursive);
  start_central();
  ASSERT_TRUE(machines[0]->release(first->lease));
  run_courier(0);
  put_in_place(snapshot);
  start_central();
  for (std::size_t machine : {0U, 1U, 2U, 0U}) run_courier(machine);
  meet_as_the_fourth();
  expect_everything_arrived_once();
}

/// Carried by hand under one signature, proven by that receipt, and kept under the next.
TEST_F(Restored, WhatWasSignedAnewIsGivenAgainWithTheReceiptItHas) {
  visit(0, 2);
  ASSERT_TRUE(machines[0]->export_to(directory / "carried", clock.now()));
  *identities[0] = enrol_at("first");
  const auto backup = central.folder() / "backup", restored = central.folder() / "restored";
  ASSERT_EQ(central.run({"backup", backup}).code, 0);
  EXPECT_THAT(central.run({"import", directory / "carried"}).output, HasSubstr("stored  2"));
  *machines[0] = open_outbox("outbox-first", *identities[0]);
  run_courier(0);
  const auto told = numbers(0);
  ASSERT_EQ(told.size(), 2U);
  ASSERT_EQ(support::CentralProcess::run_exactly({"restore", backup, "--data", restored}).code, 0);
  put_in_place(restored);
  start_central();
  for (std::size_t machine : {0U, 1U, 2U, 0U}) run_courier(machine);
  meet_as_the_fourth();
  EXPECT_EQ(numbers(0), told);
  expect_each_number_once(told);
  expect_everything_arrived_once();
}

}  // namespace
}  // namespace bangwu::courier
