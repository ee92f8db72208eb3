#include "domain/signature.h"
#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

class Storing : public testing::Test {
 protected:
  Storing() {
    driver.to_sign();
    driver.send_all(SignatureDrawn{Driver::signature()}, WentOn{});
    order = *driver.ordered<Store>();
  }
  static AnswerArrived answer(const std::string& envelope) {
    return {envelope, "WJ20261123000001", domain::Outcome::in_review, {}, std::nullopt, false};
  }
  Driver driver;
  Store order;
};

TEST_F(Storing, HasAnEndAfterWhichTheVisitCanBeWiped) {
  driver.pass(driver.hall_.store_wait - std::chrono::seconds{1});
  EXPECT_TRUE(driver.seen<SignView>().storing);
  EXPECT_FALSE(driver.view().frame.home);
  const auto tick = next_tick(driver.hall_, driver.session_, driver.now_);
  ASSERT_TRUE(tick);
  EXPECT_LE(*tick, driver.now_.steady + std::chrono::seconds{1});
  driver.pass(std::chrono::seconds{1});
  EXPECT_EQ(driver.seen<SignView>().problem, StoreProblem::no_answer);
  EXPECT_TRUE(driver.view().frame.home);
  EXPECT_FALSE(driver.view().frame.back) << "it may be stored: nothing of it may change";
  driver.send_all(HomeAsked{}, HomeConfirmed{});
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
}

TEST_F(Storing, WithoutAnAnswerLeavesByItselfWhenNobodyIsThere) {
  driver.pass(driver.hall_.store_wait);
  driver.pass(driver.hall_.idle_limit);
  driver.pass(driver.hall_.countdown);
  EXPECT_EQ(driver.screen(), "start");
}

TEST_F(Storing, AgainIsTheSameTicketAndTheSameBody) {
  for (const auto problem : {StoreProblem::failed, StoreProblem::unknown}) {
    driver.send(StoreRefused{order.ticket, problem});
    EXPECT_EQ(driver.view().frame.back, problem == StoreProblem::failed);
    driver.send(WentOn{});
    ASSERT_NE(driver.ordered<Store>(), nullptr);
    EXPECT_EQ(*driver.ordered<Store>(), order);
  }
}

TEST_F(Storing, ThatSucceedsLateCountsAllTheSame) {
  driver.pass(driver.hall_.store_wait);
  driver.send(Stored{order.ticket, "e-1", "临7K3Q-9X2M"});
  EXPECT_EQ(driver.screen(), "sending");
}

TEST_F(Storing, AnAnswerThatComesBeforeStoredIsNotLost) {
  driver.send_all(answer("e-0"), answer("e-1"), Stored{order.ticket, "e-1", "临7K3Q-9X2M"});
  ASSERT_EQ(driver.screen(), "result");
  EXPECT_EQ(driver.seen<ResultView>().state, ResultView::State::in_review);
}

TEST_F(Storing, AnswersToOtherTicketsChangeNothing) {
  driver.send_all(Stored{order.ticket + 1, "e-1", ""}, StoreRefused{order.ticket + 1, StoreProblem::failed});
  EXPECT_TRUE(driver.seen<SignView>().storing);
}

TEST_F(Storing, TicketsAreNeverGivenTwice) {
  driver.answer_stored();
  driver.pass(driver.hall_.answer_wait);
  driver.send_all(Finished{}, EntryChosen{Entry::rate}, LevelChosen{domain::NationalLevel::satisfied}, WentOn{});
  ASSERT_NE(driver.ordered<Store>(), nullptr);
  EXPECT_GT(driver.ordered<Store>()->ticket, order.ticket);
}

TEST_F(Storing, WhatTheQueueWillNotSendByItselfIsNotPromised) {
  driver.answer_stored();
  driver.send(DeliveryStuck{"e-0"});
  EXPECT_EQ(driver.screen(), "sending");
  driver.send(DeliveryStuck{"e-1"});
  EXPECT_EQ(driver.seen<ResultView>().state, ResultView::State::stuck);
  driver.send(answer("e-1"));
  EXPECT_EQ(driver.seen<ResultView>().state, ResultView::State::in_review) << "staff have seen to it";
}

TEST(Signature, ADotIsNoneAndAScribbleIsKeptWithinBounds) {
  Driver driver;
  driver.to_sign();
  driver.send_all(SignatureDrawn{{{{{0.5F, 0.5F, 0}, {0.501F, 0.5F, 5}}}, 3}}, WentOn{});
  EXPECT_FALSE(driver.view().frame.next_enabled);
  EXPECT_EQ(driver.ordered<Store>(), nullptr);
  domain::Stroke scribble;
  for (int i = 0; i < 60'000; ++i) scribble.push_back({i % 2 == 0 ? 0.1F : 0.9F, 0.5F, i});
  driver.send_all(SignatureDrawn{{{scribble}, 3}}, WentOn{});
  ASSERT_NE(driver.stored<domain::Application>(), nullptr);
  EXPECT_LE(driver.stored<domain::Application>()->signature.strokes[0].size(), domain::kMostPoints);
}

TEST(WrongClock, IsToldToStaffAndLetsAVisitorGoOn) {
  Driver driver;
  driver.hall_.built = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
  driver.now_.wall = base::SystemTime{std::chrono::sys_days{std::chrono::year{1970} / 1 / 1}};
  ASSERT_TRUE(clock_is_wrong(driver.hall_, driver.now_));
  driver.send(FaultFound{MachineFault::clock_wrong});
  EXPECT_FALSE(driver.view().now.has_value()) << "no clock is better than a wrong one";
  driver.to_first_question();
  EXPECT_EQ(driver.screen(), "field") << "born in 1949, and that is no future";
}

TEST(WrongClock, IsNoneOnceTheDayOfTheBuildIsReached) {
  Hall hall;
  hall.built = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
  const auto at = [](int day) {
    return Now{base::SystemTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / day}}, {}};
  };
  EXPECT_TRUE(clock_is_wrong(hall, at(21)));
  EXPECT_FALSE(clock_is_wrong(hall, at(22))) << "built where it is a day later";
  EXPECT_FALSE(clock_is_wrong(hall, at(23)));
}

TEST(Closed, AMachineThatCannotDeliverTakesNoVisitUntilItCan) {
  for (const auto fault : {MachineFault::courier_not_started, MachineFault::revoked, MachineFault::unknown_machine,
                           MachineFault::shared_identity, MachineFault::queue_lost, MachineFault::not_started}) {
    Driver driver;
    driver.send_all(FaultFound{fault}, EntryChosen{Entry::apply});
    EXPECT_EQ(driver.screen(), "start");
    EXPECT_EQ(driver.seen<StartView>().closed, fault);
    driver.send_all(FaultGone{fault}, EntryChosen{Entry::apply});
    EXPECT_EQ(driver.screen(), "domains");
  }
}

TEST(Staff, AreToldOnTheStartPageWhatIsWrongAndSinceWhen) {
  Driver driver;
  const auto first_seen = std::chrono::floor<std::chrono::seconds>(driver.now_.wall);
  driver.send(FaultFound{MachineFault::scanner_stuck});
  driver.pass(std::chrono::minutes{5});
  driver.send_all(FaultFound{MachineFault::scanner_stuck}, FaultFound{MachineFault::revoked});
  const auto later = std::chrono::floor<std::chrono::seconds>(driver.now_.wall);
  const auto view = driver.seen<StartView>();
  EXPECT_EQ(view.closed, MachineFault::revoked);
  EXPECT_EQ(view.staff, (std::vector<StaffNotice>{{.fault = MachineFault::revoked, .since = later},
                                                  {.fault = MachineFault::scanner_stuck, .since = first_seen}}))
      << "what is still wrong is so since it was first seen";
  driver.send_all(FaultGone{MachineFault::revoked}, FaultGone{MachineFault::scanner_stuck});
  EXPECT_TRUE(driver.seen<StartView>().staff.empty());
}

TEST(Staff, AreToldNoTimeThatAWrongClockSaid) {
  Driver driver;
  driver.hall_.built = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
  driver.now_.wall = base::SystemTime{std::chrono::sys_days{std::chrono::year{1970} / 1 / 1}};
  driver.send(FaultFound{MachineFault::clock_wrong});
  ASSERT_EQ(driver.seen<StartView>().staff.size(), 1U);
  EXPECT_FALSE(driver.seen<StartView>().staff.front().since.has_value());
}

TEST(Closed, WhatOnlyStaffMustKnowKeepsNobodyOut) {
  Driver driver;
  driver.send_all(FaultFound{MachineFault::clock_wrong}, FaultFound{MachineFault::dead_items},
                  EntryChosen{Entry::apply});
  EXPECT_EQ(driver.screen(), "domains");
}

}  // namespace
}  // namespace bangwu::session
