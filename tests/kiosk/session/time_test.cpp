#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

TEST(Time, AnUntouchedVisitCountsDownAndIsForgotten) {
  Driver driver;
  driver.to_first_question();
  driver.pass(driver.hall_.idle_limit - std::chrono::milliseconds{1});
  EXPECT_FALSE(driver.view().overlay.has_value());
  driver.pass(std::chrono::milliseconds{1});
  ASSERT_TRUE(driver.view().overlay.has_value());
  EXPECT_EQ(std::get<CountdownOverlay>(*driver.view().overlay).seconds_left, 45);
  driver.pass(std::chrono::seconds{44});
  EXPECT_EQ(std::get<CountdownOverlay>(*driver.view().overlay).seconds_left, 1);
  driver.pass(std::chrono::seconds{1});
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
}

TEST(Time, AnyTouchContinuesWithNothingLost) {
  Driver driver;
  driver.to_first_question();
  driver.send(TextChanged{"人民中路"});
  driver.pass(driver.hall_.idle_limit);
  driver.pass(std::chrono::seconds{10});
  driver.send(Touched{});
  EXPECT_FALSE(driver.view().overlay.has_value());
  EXPECT_EQ(driver.seen<FieldView>().typed, "人民中路");
  driver.pass(driver.hall_.idle_limit - std::chrono::seconds{1});
  EXPECT_FALSE(driver.view().overlay.has_value());
}

TEST(Time, ScanningAndSendingHoldTheClock) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder});
  driver.pass(std::chrono::minutes{10});
  EXPECT_FALSE(driver.view().overlay.has_value());
  driver.send_all(driver.page(), CaptureEnded{domain::PageFault::none});
  driver.pass(driver.hall_.idle_limit - std::chrono::seconds{1});
  EXPECT_FALSE(driver.view().overlay.has_value());
  driver.pass(std::chrono::seconds{1});
  EXPECT_TRUE(driver.view().overlay.has_value());
}

TEST(Time, HomeAsksFirst) {
  Driver driver;
  driver.to_first_question();
  driver.send(HomeAsked{});
  EXPECT_TRUE(std::holds_alternative<HomeQuestionOverlay>(*driver.view().overlay));
  driver.send(OverlayClosed{});
  EXPECT_EQ(driver.screen(), "field");
  driver.send_all(HomeAsked{}, HomeConfirmed{});
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
}

TEST(Time, LeavingWhileScanningStopsTheScanner) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder}, HomeAsked{},
                  HomeConfirmed{});
  EXPECT_NE(driver.ordered<CancelCapture>(), nullptr);
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
}

TEST(Time, TheLanguageReturnsToChineseForTheNextPerson) {
  Driver driver;
  driver.send_all(LanguageChosen{Language::en}, EntryChosen{Entry::apply}, HomeAsked{}, HomeConfirmed{});
  EXPECT_EQ(driver.view().language, Language::zh_CN);
  driver.send(LanguageChosen{Language::en});
  driver.pass(driver.hall_.idle_limit);
  EXPECT_EQ(driver.view().language, Language::zh_CN);
}

TEST(Time, TheNextTickIsNeverInThePastAndNeverMissing) {
  Driver driver;
  driver.to_first_question();
  const auto tick = next_tick(driver.hall_, driver.session_, driver.now_);
  ASSERT_TRUE(tick.has_value());
  EXPECT_GT(*tick, driver.now_.steady);
  EXPECT_LE(*tick, driver.now_.steady + std::chrono::minutes{1});
}

}  // namespace
}  // namespace bangwu::session
