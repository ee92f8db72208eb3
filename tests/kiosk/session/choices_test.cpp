#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

/// A question with fourteen answers, c0 to c13, after the address.
class Choices : public testing::Test {
 protected:
  Choices() {
    auto& choices = driver_.catalogue_.items[0].form[1].choices;
    choices.clear();
    for (int i = 0; i < 14; ++i) choices.push_back({"c" + std::to_string(i), "第" + std::to_string(i) + "种"});
    driver_.to_first_question();
    driver_.type_and_go("人民中路一号");
  }

  [[nodiscard]] std::string first() const { return driver_.seen<FieldView>().field.choices.front().value; }
  [[nodiscard]] std::size_t count() const { return driver_.seen<FieldView>().field.choices.size(); }

  Driver driver_;
};

TEST_F(Choices, AreShownSixAtOnce) {
  EXPECT_EQ(driver_.seen<FieldView>().screenfuls, 3);
  EXPECT_EQ(count(), 6U);
  driver_.send(ListTurned{1});
  EXPECT_EQ(first(), "c6");
  EXPECT_EQ(count(), 6U);
  driver_.send(ListTurned{1});
  EXPECT_EQ(first(), "c12");
  EXPECT_EQ(count(), 2U);
}

TEST_F(Choices, TurningStopsAtBothEnds) {
  driver_.send(ListTurned{-1});
  EXPECT_EQ(first(), "c0");
  driver_.send_all(ListTurned{1}, ListTurned{1}, ListTurned{1}, ListTurned{1});
  EXPECT_EQ(first(), "c12");
  driver_.send(ListTurned{-1});
  EXPECT_EQ(first(), "c6") << "turning beyond the end is not to be undone touch by touch";
}

TEST_F(Choices, AnAnswerStaysOnItsPage) {
  driver_.send_all(ListTurned{1}, ChoiceMade{"c7"});
  EXPECT_EQ(first(), "c6");
}

TEST_F(Choices, TheChosenAnswersPageIsShownFirstWhenOneComesBack) {
  driver_.send_all(ListTurned{1}, ChoiceMade{"c7"}, ListTurned{1}, WentOn{});
  ASSERT_NE(driver_.seen<FieldView>().field.id, "kind");
  driver_.send(WentBack{});
  ASSERT_EQ(driver_.seen<FieldView>().field.id, "kind");
  EXPECT_EQ(first(), "c6");
  driver_.send_all(WentBack{}, WentOn{});
  EXPECT_EQ(first(), "c6") << "the same when one comes from the question before";
}

TEST(FewChoices, AreOneScreenful) {
  Driver driver;
  driver.to_first_question();
  driver.type_and_go("人民中路一号");
  EXPECT_EQ(driver.seen<FieldView>().screenfuls, 1);
  EXPECT_EQ(driver.seen<FieldView>().field.choices.size(), 2U);
}

}  // namespace
}  // namespace bangwu::session
