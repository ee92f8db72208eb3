#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

using domain::NationalLevel;
using domain::ReviewLevel;

TEST(Rating, IsTwoTouchesFromTheStartAndSentUntouched) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::satisfied});
  EXPECT_EQ(driver.screen(), "rate_details");
  driver.pass(driver.hall_.idle_limit);
  const auto* rating = driver.stored<domain::Rating>();
  ASSERT_NE(rating, nullptr);
  EXPECT_EQ(rating->level, domain::RatingLevel{NationalLevel::satisfied});
  EXPECT_EQ(driver.screen(), "thanks");
  driver.answer_stored();
  driver.pass(driver.hall_.thanks_time);
  EXPECT_EQ(driver.screen(), "start");
}

TEST(Rating, TheOtherInstrumentIsNotAccepted) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{ReviewLevel::satisfied});
  EXPECT_EQ(driver.screen(), "rate");
}

TEST(Rating, CarriesReasonsWordsNameAndTelephone) {
  Driver driver;
  driver.hall_.instrument = domain::Instrument::review;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{ReviewLevel::dissatisfied}, ReasonToggled{"time_long"},
                  ReasonToggled{"machine_hard"}, ReasonToggled{"machine_hard"}, ReasonToggled{"attitude_good"});
  driver.send(RatingTextOpened{RatingText::words});
  driver.type_and_go("排队太久");
  driver.send(RatingTextOpened{RatingText::telephone});
  driver.type_and_go("123");
  EXPECT_EQ(driver.seen<RateTextView>().problem, InputProblem{domain::AnswerProblem::bad_telephone});
  driver.type_and_go("13800001234");
  driver.send(WentOn{});
  const auto* rating = driver.stored<domain::Rating>();
  ASSERT_NE(rating, nullptr);
  EXPECT_THAT(rating->reasons, testing::ElementsAre("time_long")) << "a reason of the other side is not offered";
  EXPECT_EQ(rating->words, "排队太久");
  EXPECT_EQ(rating->telephone, "13800001234");
}

TEST(Rating, TheLastChoiceOfAVisitWinsAndOneIsSent) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::dissatisfied}, WentBack{},
                  LevelChosen{NationalLevel::very_satisfied}, WentOn{});
  ASSERT_NE(driver.ordered<Store>(), nullptr);
  EXPECT_EQ(driver.stored<domain::Rating>()->level, domain::RatingLevel{NationalLevel::very_satisfied});
  driver.send(WentOn{});
  EXPECT_EQ(driver.ordered<Store>(), nullptr);
}

TEST(Rating, AfterAnApplicationNamesItsEnvelope) {
  Driver driver;
  driver.to_sending();
  driver.pass(std::chrono::seconds{4});
  driver.send_all(RateAsked{}, LevelChosen{NationalLevel::satisfied}, WentOn{});
  ASSERT_NE(driver.ordered<Store>(), nullptr);
  EXPECT_EQ(driver.ordered<Store>()->depends_on, "e-1");
  EXPECT_EQ(driver.stored<domain::Rating>()->procedure, "A");
}

TEST(Rating, IsCalledStoredOnlyOnceItIs) {
  using Known = ThanksView::Rating;
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::satisfied}, WentOn{});
  EXPECT_EQ(driver.seen<ThanksView>().rating, Known::saving);
  driver.answer_stored();
  EXPECT_EQ(driver.seen<ThanksView>().rating, Known::stored);
}

TEST(Rating, ThatCouldNotBeStoredIsNotThankedFor) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::satisfied}, WentOn{});
  driver.refuse(StoreProblem::disk_full);
  EXPECT_EQ(driver.seen<ThanksView>().rating, ThanksView::Rating::not_stored);
}

TEST(Rating, ThatCouldNotBeStoredIsKeptAndSentAgain) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::dissatisfied}, ReasonToggled{"time_long"},
                  RatingTextOpened{RatingText::words});
  driver.type_and_go("排队太久");
  driver.send(WentOn{});
  const auto first = *driver.ordered<Store>();
  driver.refuse(StoreProblem::disk_full);
  driver.pass(driver.hall_.thanks_time);
  EXPECT_EQ(driver.screen(), "thanks") << "it waits for its visitor";
  EXPECT_EQ(driver.view().frame.next, NextLabel::send);
  driver.send(WentOn{});
  ASSERT_NE(driver.ordered<Store>(), nullptr);
  EXPECT_EQ(*driver.ordered<Store>(), first);
  driver.answer_stored();
  EXPECT_EQ(driver.seen<ThanksView>().rating, ThanksView::Rating::stored);
  driver.send(WentOn{});
  EXPECT_EQ(driver.ordered<Store>(), nullptr) << "once stored it is not stored again";
}

TEST(Rating, ThatCouldNotBeStoredIsForgottenWithItsVisit) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::satisfied}, WentOn{});
  driver.refuse(StoreProblem::disk_full);
  driver.pass(driver.hall_.idle_limit);
  EXPECT_TRUE(driver.view().overlay.has_value());
  driver.pass(driver.hall_.countdown);
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
}

TEST(Rating, IsNeverForced) {
  Driver driver;
  driver.to_sending();
  driver.pass(std::chrono::seconds{4});
  driver.send(Finished{});
  EXPECT_EQ(driver.ordered<Store>(), nullptr);
  EXPECT_EQ(driver.screen(), "start");
}

TEST(Rating, OfAnApplicationThatWillNotLeaveByItselfIsNotPromisedToLeaveEither) {
  Driver driver;
  driver.to_sending();
  driver.send_all(DeliveryStuck{"e-1"}, RateAsked{}, LevelChosen{NationalLevel::satisfied}, WentOn{});
  driver.answer_stored("e-2");
  EXPECT_EQ(driver.seen<ThanksView>().rating, ThanksView::Rating::stuck);
  driver.pass(driver.hall_.thanks_time);
  EXPECT_EQ(driver.screen(), "start");
}

TEST(Rating, ThatIsStuckIsSaidSoWhetherItIsToldBeforeOrAfterItIsStored) {
  for (const bool is_before : {true, false}) {
    Driver driver;
    driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::satisfied}, WentOn{});
    const auto ticket = driver.ordered<Store>()->ticket;
    if (is_before) driver.send(DeliveryStuck{"e-1"});
    driver.send(Stored{ticket, "e-1", ""});
    if (!is_before) driver.send(DeliveryStuck{"e-1"});
    EXPECT_EQ(driver.seen<ThanksView>().rating, ThanksView::Rating::stuck);
  }
}

// A disk may take longer than the thanks: nobody leaves, and nobody is sent away, before it is known.
TEST(Rating, WhoseSavingTakesLongerThanTheThanksIsWaitedForAndToldWhenItFails) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::rate}, LevelChosen{NationalLevel::dissatisfied}, WentOn{});
  const auto order = *driver.ordered<Store>();
  driver.pass(2 * driver.hall_.thanks_time);
  EXPECT_EQ(driver.screen(), "thanks");
  EXPECT_FALSE(driver.view().frame.next_enabled);
  driver.send(Finished{});
  EXPECT_EQ(driver.screen(), "thanks");
  driver.pass(driver.hall_.store_wait);
  EXPECT_EQ(driver.seen<ThanksView>().rating, ThanksView::Rating::not_stored);
  driver.send(Stored{order.ticket, "e-9", ""});
  EXPECT_EQ(driver.seen<ThanksView>().rating, ThanksView::Rating::stored) << "late, and true";
  driver.pass(driver.hall_.thanks_time);
  EXPECT_EQ(driver.screen(), "start");
}

}  // namespace
}  // namespace bangwu::session
