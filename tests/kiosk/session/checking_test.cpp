#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

using domain::ApplicantKind;

class CheckPage : public testing::Test {
 protected:
  CheckPage() {
    driver.to_sign();
    driver.send_all(WentBack{}, WentBack{});
  }
  [[nodiscard]] CheckLine line(const std::string& id) {
    for (const auto& line : driver.seen<CheckView>().lines) {
      if (line.id == id) return line;
    }
    ADD_FAILURE() << "no line " << id;
    return {};
  }
  void submit() {
    driver.send_all(WentOn{}, DeclarationRead{true}, WentOn{}, SignatureDrawn{Driver::signature()}, WentOn{});
  }
  Driver driver;
};

TEST_F(CheckPage, AKindOfApplicantLeftByBackLeavesTheApplicantAsItWas) {
  driver.send_all(ChangeAsked{"kind"}, ApplicantKindChosen{ApplicantKind::legal_person}, WentBack{});
  ASSERT_EQ(driver.screen(), "check");
  EXPECT_EQ(line("kind").value, "natural_person");
  submit();
  const auto* application = driver.stored<domain::Application>();
  ASSERT_NE(application, nullptr);
  EXPECT_EQ(application->applicant.kind, ApplicantKind::natural_person);
  EXPECT_EQ(application->applicant.identity.name, "张小明");
  EXPECT_EQ(application->applicant.identity.id_number, "11010519491231002X");
}

TEST_F(CheckPage, AKindConfirmedAndThenLeftHalfAnsweredLeavesTheApplicantAsItWas) {
  driver.send_all(ChangeAsked{"kind"}, ApplicantKindChosen{ApplicantKind::legal_person}, WentOn{});
  driver.type_and_go("91350100M000100Y43");
  ASSERT_EQ(driver.screen(), "name");
  driver.send_all(WentBack{}, WentBack{}, WentBack{});
  ASSERT_EQ(driver.screen(), "check");
  EXPECT_EQ(line("kind").value, "natural_person");
  submit();
  ASSERT_NE(driver.stored<domain::Application>(), nullptr);
  EXPECT_EQ(driver.stored<domain::Application>()->applicant.identity.name, "张小明");
}

TEST_F(CheckPage, WhatWasBegunThereGoesOnWhereItWasWhenTheLineIsOpenedAgain) {
  driver.send_all(ChangeAsked{"kind"}, ApplicantKindChosen{ApplicantKind::legal_person}, WentOn{});
  driver.send_all(TextChanged{"91350100M000"}, WentBack{}, WentBack{});
  ASSERT_EQ(driver.screen(), "check");
  driver.send_all(ChangeAsked{"kind"}, WentOn{});
  EXPECT_EQ(driver.seen<IdNumberView>().typed, "91350100M000");
}

TEST_F(CheckPage, ChangingTheKindAndBackLosesNobodysNumber) {
  driver.send_all(ChangeAsked{"kind"}, ApplicantKindChosen{ApplicantKind::legal_person}, WentOn{});
  for (const char* text : {"91350100M000100Y43", "武进某某食品有限公司", "440524188001010014", "李四"})
    driver.type_and_go(text);
  ASSERT_EQ(driver.screen(), "check");
  EXPECT_EQ(line("agent_name").value, "李四");
  driver.send_all(ChangeAsked{"kind"}, ApplicantKindChosen{ApplicantKind::natural_person}, WentOn{});
  ASSERT_EQ(driver.screen(), "check") << "the person is known";
  EXPECT_EQ(line("name").value, "张小明");
}

TEST_F(CheckPage, AnAnswerLeftByBackIsAsItWasAndWhatWasTypedIsThereAgain) {
  driver.send_all(ChangeAsked{"field:shop"}, TextChanged{"延政中路"}, WentBack{});
  ASSERT_EQ(driver.screen(), "check");
  EXPECT_EQ(line("field:shop").value, "常州市武进区人民中路一号");
  driver.send(ChangeAsked{"field:shop"});
  EXPECT_EQ(driver.seen<FieldView>().typed, "延政中路");
}

TEST_F(CheckPage, AnAnswerThatOpensAQuestionLeftUnansweredIsAsItWas) {
  driver.send_all(ChangeAsked{"field:kind"}, ChoiceMade{"canteen"}, WentOn{});
  ASSERT_EQ(driver.seen<FieldView>().field.id, "meals");
  driver.send_all(WentBack{}, WentBack{});
  ASSERT_EQ(driver.screen(), "check");
  EXPECT_EQ(line("field:kind").value, "销售");
  for (const auto& shown : driver.seen<CheckView>().lines) EXPECT_NE(shown.id, "field:meals");
}

TEST_F(CheckPage, AfterAChangeBackLeadsThroughTheQuestionsAsTheyAreAnswered) {
  driver.send_all(ChangeAsked{"field:shop"});
  driver.type_and_go("延政中路二号");
  driver.send_all(WentBack{}, WentBack{}, WentBack{});
  EXPECT_EQ(driver.screen(), "rows");
  driver.send_all(WentBack{}, WentBack{}, WentBack{});
  EXPECT_EQ(driver.seen<FieldView>().typed, "延政中路二号");
  driver.send(WentBack{});
  EXPECT_EQ(driver.seen<NameView>().typed, "张小明");
}

// A group's minimum rows, an answer that a wrong clock let pass: one rule for both sides.
TEST_F(CheckPage, SaysWhatTheCentralServiceWillSay) {
  const auto application = apply::application_of(driver.draft(), Language::zh_CN);
  auto procedure = driver.draft().procedure;
  for (int minimum = 1; minimum <= 3; ++minimum) {
    procedure.form[4].minimum = minimum;
    const auto seen = checking::see({driver.hall_, driver.now_}, {procedure, application});
    const auto assessment = domain::assess(procedure, application, base::china_date(driver.now_.wall));
    for (const auto& shown : std::get<CheckView>(seen.screen).lines) {
      if (!shown.id.starts_with("field:")) continue;
      const bool lacks = std::any_of(assessment.lacks.begin(), assessment.lacks.end(), [&](const domain::Lack& lack) {
        return lack.what == domain::Lack::What::field && "field:" + lack.id == shown.id;
      });
      EXPECT_EQ(shown.lacks, lacks) << shown.id << ", at least " << minimum << " rows";
      if (shown.id == "field:staff") {
        EXPECT_EQ(shown.lacks, minimum > 1);
      }
    }
  }
}

TEST(Lacks, EachPartIsCalledByItsOwnName) {
  using Part = ResultView::Part;
  Driver driver;
  driver.to_sending();
  std::vector<domain::Lack> lacks;
  for (const char* part : {"applicant", "agent", "declaration", "signature"})
    lacks.push_back({domain::Lack::What::part, part, domain::AnswerProblem::missing});
  driver.send(AnswerArrived{"e-1", "WJ20261123000001", domain::Outcome::correction_needed, lacks, std::nullopt, false});
  EXPECT_THAT(driver.seen<ResultView>().lacking_parts,
              testing::ElementsAre(Part::applicant, Part::agent, Part::declaration, Part::signature));
}

TEST(OtherItem, BeginsAnewAndDropsThePagesOfTheFirst) {
  Driver driver;
  driver.to_materials();
  driver.capture("id_card", 2);
  std::vector<PageKey> captured;
  for (const auto& page : driver.pages("id_card")) captured.push_back(page.key);
  while (driver.screen() != "search") driver.send(WentBack{});
  driver.send_all(CodeChosen{"B"}, WentOn{});
  std::vector<PageKey> dropped;
  for (const auto& effect : driver.effects_) {
    if (const auto* drop = std::get_if<DropPage>(&effect)) dropped.push_back(drop->key);
  }
  EXPECT_EQ(dropped, captured);
  EXPECT_EQ(driver.screen(), "privacy");
}

TEST(Rows, ARowLeftHalfwayIsNoRowAndGoesOnWhereItWas) {
  Driver driver;
  driver.to_first_question();
  driver.type_and_go("人民中路一号");
  driver.send_all(ChoiceMade{"shop"}, WentOn{}, WentOn{}, RowAdded{});
  driver.type_and_go("李四");
  driver.send_all(TextChanged{"440524"}, WentBack{}, WentBack{});
  EXPECT_TRUE(driver.seen<RowsView>().rows.empty());
  driver.send(RowAdded{});
  EXPECT_EQ(driver.seen<FieldView>().typed, "李四");
  driver.send(WentOn{});
  EXPECT_EQ(driver.seen<FieldView>().typed, "440524");
}

}  // namespace
}  // namespace bangwu::session
