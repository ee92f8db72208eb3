#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

using domain::AnswerProblem;
using domain::NumberProblem;

TEST(Applying, LeadsFromTheStartToTheMaterials) {
  Driver driver;
  EXPECT_EQ(driver.screen(), "start");
  driver.send(EntryChosen{Entry::apply});
  EXPECT_NE(driver.ordered<BeginVisit>(), nullptr);
  EXPECT_EQ(driver.screen(), "domains");
  driver.send(DomainChosen{domain::Domain::market_access});
  ASSERT_EQ(driver.seen<ListView>().entries.size(), 1U);
  driver.send(CodeChosen{"A"});
  EXPECT_EQ(driver.screen(), "guide");
  driver.send(WentOn{});
  EXPECT_EQ(driver.screen(), "privacy");
  driver.send(WentOn{});
  EXPECT_EQ(driver.screen(), "applicant_kind");
  EXPECT_FALSE(driver.view().frame.next_enabled);
  driver.send_all(ApplicantKindChosen{domain::ApplicantKind::natural_person}, WentOn{});
  EXPECT_EQ(driver.screen(), "id_number");
  driver.type_and_go("11010519491231002X");
  EXPECT_EQ(driver.screen(), "name");
  driver.type_and_go("张小明");
  EXPECT_EQ(driver.seen<FieldView>().field.id, "shop");
}

TEST(Applying, AsksForAnAgentWhenAnOrganisationApplies) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::search}, TextChanged{"sp"}, CodeChosen{"A"}, WentOn{}, WentOn{});
  driver.send_all(ApplicantKindChosen{domain::ApplicantKind::legal_person}, WentOn{});
  EXPECT_EQ(driver.seen<IdNumberView>().kind, domain::IdKind::uscc);
  driver.type_and_go("91350100M000100Y43");
  driver.type_and_go("武进某某食品有限公司");
  EXPECT_EQ(driver.seen<IdNumberView>().who, Who::agent);
  EXPECT_EQ(driver.seen<IdNumberView>().kind, domain::IdKind::resident_id);
  driver.type_and_go("11010519491231002X");
  driver.type_and_go("张小明");
  EXPECT_EQ(driver.screen(), "field");
}

TEST(Applying, AWrongNumberStaysOnThePageAndSaysWhy) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::search}, TextChanged{"A"}, CodeChosen{"B"}, WentOn{}, WentOn{});
  driver.type_and_go("110105194912310021");
  EXPECT_EQ(driver.seen<IdNumberView>().problem, InputProblem{NumberProblem::wrong_check});
  driver.type_and_go("11010519490231002X");
  EXPECT_EQ(driver.seen<IdNumberView>().problem, InputProblem{NumberProblem::impossible_date});
  driver.type_and_go("１１０１０５１９４９１２３１００２ｘ");
  EXPECT_EQ(driver.screen(), "name");
}

TEST(Applying, ANumberPrintedWithAnotherCheckIsNoDeadEnd) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::search}, TextChanged{"A"}, CodeChosen{"B"}, WentOn{}, WentOn{});
  driver.send(TextChanged{"110105194912310012"});
  EXPECT_FALSE(may_be_printed_so(driver.seen<IdNumberView>().problem)) << "only once the machine has doubted";
  driver.send(PrintedSoConfirmed{});
  EXPECT_EQ(driver.screen(), "id_number");
  driver.send(WentOn{});
  EXPECT_TRUE(may_be_printed_so(driver.seen<IdNumberView>().problem));
  driver.send(PrintedSoConfirmed{});
  EXPECT_EQ(driver.screen(), "name");
  EXPECT_EQ(driver.draft().identity.printed_so, domain::PrintedSo{"110105194912310012"});
}

TEST(Applying, ADateThatDoesNotExistCannotBeInsistedOn) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::search}, TextChanged{"A"}, CodeChosen{"B"}, WentOn{}, WentOn{});
  driver.type_and_go("11010519490231002X");
  EXPECT_FALSE(may_be_printed_so(driver.seen<IdNumberView>().problem));
  driver.send(PrintedSoConfirmed{});
  EXPECT_EQ(driver.screen(), "id_number");
}

TEST(Applying, ANumberInTheFormPrintedWithAnotherCheckIsNoDeadEndEither) {
  Driver driver;
  driver.catalogue_.items[0].form.insert(driver.catalogue_.items[0].form.begin(),
                                         field_of("owner", "房东身份证号", domain::FieldKind::resident_id));
  driver.to_first_question();
  driver.type_and_go("11010519490231002X");
  EXPECT_EQ(driver.seen<FieldView>().problem, InputProblem{NumberProblem::impossible_date});
  driver.send(PrintedSoConfirmed{});
  EXPECT_EQ(driver.seen<FieldView>().field.id, "owner") << "no card has that date";
  driver.send_all(TextChanged{"110105194912310012"}, PrintedSoConfirmed{});
  EXPECT_EQ(driver.seen<FieldView>().field.id, "owner") << "only once the machine has doubted";
  driver.send_all(WentOn{}, PrintedSoConfirmed{});
  ASSERT_EQ(driver.seen<FieldView>().field.id, "shop");
  EXPECT_EQ(apply::application_of(driver.draft(), Language::zh_CN).printed_so, domain::PrintedSo{"110105194912310012"});
  driver.send_all(WentBack{}, TextChanged{"440524188001010014"}, WentOn{});
  EXPECT_TRUE(apply::application_of(driver.draft(), Language::zh_CN).printed_so.empty())
      << "of a number that is no longer there nothing is said";
}

TEST(Applying, ACellPrintedWithAnotherCheckIsHandedInAndLacksNothing) {
  Driver driver;
  driver.to_first_question();
  driver.type_and_go("人民中路一号");
  driver.send_all(ChoiceMade{"shop"}, WentOn{}, WentOn{}, RowAdded{});
  driver.type_and_go("李四");
  driver.type_and_go("110105194912310012");
  ASSERT_EQ(driver.screen(), "field");
  driver.send(PrintedSoConfirmed{});
  ASSERT_EQ(driver.screen(), "rows");
  const auto application = apply::application_of(driver.draft(), Language::zh_CN);
  EXPECT_EQ(application.printed_so, domain::PrintedSo{"110105194912310012"});
  for (const auto& lack :
       domain::assess(driver.draft().procedure, application, base::china_date(driver.now_.wall)).lacks)
    EXPECT_NE(lack.id, "staff");
}

TEST(Applying, AConditionalQuestionIsAskedOnlyWhenItApplies) {
  Driver driver;
  driver.to_first_question();
  driver.type_and_go("人民中路一号");
  driver.send_all(ChoiceMade{"canteen"}, WentOn{});
  EXPECT_EQ(driver.seen<FieldView>().field.id, "meals");
  driver.type_and_go("120");
  driver.send_all(WentBack{}, WentBack{}, ChoiceMade{"shop"}, WentOn{});
  EXPECT_EQ(driver.seen<FieldView>().field.id, "contact_phone");
  EXPECT_FALSE(driver.draft().form->answers.values.contains("meals")) << "an answer no longer asked for is sent along";
}

TEST(Applying, ANameIsKeptWithoutTheSpacesAroundIt) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::search}, TextChanged{"A"}, CodeChosen{"B"}, WentOn{}, WentOn{});
  driver.type_and_go("11010519491231002X");
  driver.type_and_go(" 张小明 ");
  EXPECT_EQ(driver.draft().identity.person.name, "张小明");
}

TEST(Applying, BackAndForthLosesNothing) {
  Driver driver;
  driver.to_first_question();
  driver.send_all(TextChanged{"人民中路一号"}, WentBack{}, WentOn{});
  EXPECT_EQ(driver.seen<FieldView>().typed, "人民中路一号");
}

TEST(Applying, ALanguageChangeLosesNothing) {
  Driver driver;
  driver.to_first_question();
  driver.send_all(TextChanged{"人民中"}, LanguagesOpened{}, LanguageChosen{Language::en});
  EXPECT_EQ(driver.seen<FieldView>().typed, "人民中");
  EXPECT_EQ(driver.view().language, Language::en);
}

TEST(Applying, RowsAreAskedCellByCellAndCanBeOpenedAndRemoved) {
  Driver driver;
  driver.to_first_question();
  driver.type_and_go("人民中路一号");
  driver.send_all(ChoiceMade{"shop"}, WentOn{}, WentOn{});
  ASSERT_EQ(driver.screen(), "rows");
  driver.send(WentOn{});
  EXPECT_EQ(driver.seen<RowsView>().problem, InputProblem{AnswerProblem::missing});
  driver.send(RowAdded{});
  driver.type_and_go("李四");
  driver.type_and_go("440524188001010014");
  ASSERT_EQ(driver.seen<RowsView>().rows.size(), 1U);
  EXPECT_EQ(driver.seen<RowsView>().rows[0][1], "4405**********0014") << "numbers are masked after entry";
  driver.send(RowOpened{0});
  EXPECT_EQ(driver.seen<FieldView>().typed, "李四");
  driver.send_all(WentBack{}, RowAdded{}, WentBack{});
  EXPECT_EQ(driver.seen<RowsView>().rows.size(), 1U) << "a row left before its first answer stays behind";
  driver.send(RowRemoved{0});
  EXPECT_TRUE(driver.seen<RowsView>().rows.empty());
}

TEST(Checking, EachLineLeadsToItsQuestionAndStraightBack) {
  Driver driver;
  driver.to_sign();
  driver.send_all(WentBack{}, WentBack{});
  ASSERT_EQ(driver.screen(), "check");
  for (const auto& line : driver.seen<CheckView>().lines) {
    driver.send(ChangeAsked{line.id});
    ASSERT_NE(driver.screen(), "check") << line.id;
    driver.send(WentBack{});
    ASSERT_EQ(driver.screen(), "check") << line.id;
  }
  driver.send(ChangeAsked{"field:shop"});
  driver.type_and_go("延政中路二号");
  ASSERT_EQ(driver.screen(), "check");
  driver.send(ChangeAsked{"material:id_card"});
  driver.send(WentOn{});
  EXPECT_EQ(driver.screen(), "check");
}

TEST(Checking, ANewApplicantKindAsksForTheNewIdentityThenReturns) {
  Driver driver;
  driver.to_sign();
  driver.send_all(WentBack{}, WentBack{}, ChangeAsked{"kind"}, ApplicantKindChosen{domain::ApplicantKind::legal_person},
                  WentOn{});
  driver.type_and_go("91350100M000100Y43");
  driver.type_and_go("武进某某食品有限公司");
  driver.type_and_go("11010519491231002X");
  driver.type_and_go("张小明");
  EXPECT_EQ(driver.screen(), "check");
}

TEST(Checking, AChangedAnswerThatOpensAQuestionAsksItFirst) {
  Driver driver;
  driver.to_sign();
  driver.send_all(WentBack{}, WentBack{}, ChangeAsked{"field:kind"}, ChoiceMade{"canteen"}, WentOn{});
  EXPECT_EQ(driver.seen<FieldView>().field.id, "meals");
  driver.type_and_go("80");
  EXPECT_EQ(driver.screen(), "check");
}

TEST(Submitting, NeedsTheDeclarationAndASignature) {
  Driver driver;
  driver.to_sign();
  driver.send(WentOn{});
  EXPECT_EQ(driver.ordered<Store>(), nullptr);
  driver.send_all(SignatureDrawn{Driver::signature()}, WentOn{});
  ASSERT_NE(driver.stored<domain::Application>(), nullptr);
  const auto application = *driver.stored<domain::Application>();
  EXPECT_THAT(driver.ordered<Store>()->pages, testing::ElementsAre(PageOf{"material", 1}, PageOf{"material", 2}));
  EXPECT_EQ(application.procedure, "A");
  EXPECT_EQ(application.applicant.identity.name, "张小明");
  EXPECT_EQ(application.answers.values.at("shop"), "常州市武进区人民中路一号");
  EXPECT_EQ(application.answers.rows.at("staff").size(), 1U);
  ASSERT_EQ(application.materials.size(), 1U);
  EXPECT_EQ(application.materials[0].pages.size(), 2U);
  EXPECT_EQ(application.pickup, "邮寄");
  EXPECT_FALSE(application.declaration.empty());
  driver.send(WentOn{});
  EXPECT_EQ(driver.ordered<Store>(), nullptr) << "a second touch does not submit twice";
}

TEST(Submitting, ARefusalKeepsEverythingAndCanBeTriedAgain) {
  Driver driver;
  driver.to_sign();
  driver.send_all(SignatureDrawn{Driver::signature()}, WentOn{});
  const Store first = *driver.ordered<Store>();
  driver.refuse(StoreProblem::disk_full);
  EXPECT_EQ(driver.seen<SignView>().problem, StoreProblem::disk_full);
  driver.send(WentOn{});
  ASSERT_NE(driver.ordered<Store>(), nullptr);
  EXPECT_EQ(*driver.ordered<Store>(), first) << "a second try is the same envelope";
}

TEST(Submitting, ForgetsTheDraftAsSoonAsItIsStored) {
  Driver driver;
  driver.to_sending();
  EXPECT_EQ(driver.screen(), "sending");
  EXPECT_FALSE(driver.visit().draft.has_value());
}

TEST(Result, SaysStoredHereUntilTheAnswerIsThere) {
  Driver driver;
  driver.to_sending();
  driver.pass(std::chrono::milliseconds{3999});
  EXPECT_EQ(driver.screen(), "sending");
  driver.pass(std::chrono::milliseconds{1});
  auto result = driver.seen<ResultView>();
  EXPECT_EQ(result.state, ResultView::State::stored_here);
  EXPECT_EQ(result.number, "临7K3Q-9X2M");
  EXPECT_EQ(result.telephone, "138****1234");
  AnswerArrived answer{"e-1", "WJ20261123000001", domain::Outcome::in_review, {}, std::chrono::year{2026} / 11 / 30,
                       false};
  driver.send(answer);
  result = driver.seen<ResultView>();
  EXPECT_EQ(result.state, ResultView::State::in_review);
  EXPECT_EQ(result.number, "WJ20261123000001");
}

TEST(Result, AnAnswerToAnotherEnvelopeChangesNothing) {
  Driver driver;
  driver.to_sending();
  driver.send(AnswerArrived{"e-0", "WJ20261123000009", domain::Outcome::accepted, {}, std::nullopt, false});
  EXPECT_EQ(driver.screen(), "sending");
}

TEST(Result, ListsWhatLacksByItsName) {
  Driver driver;
  driver.to_sending();
  domain::Lack lack{domain::Lack::What::material, "id_card", AnswerProblem::missing};
  driver.send(
      AnswerArrived{"e-1", "WJ20261123000001", domain::Outcome::correction_needed, {lack}, std::nullopt, false});
  EXPECT_THAT(driver.seen<ResultView>().lacks, testing::ElementsAre("身份证"));
}

TEST(Result, ASlipIsAskedForOnceAtATimeAndSaysHowItEnded) {
  using Slip = ResultView::Slip;
  Driver driver;
  driver.to_sending();
  driver.pass(std::chrono::seconds{4});
  for (const auto& [outcome, shown] : std::map<SlipOutcome, Slip>{{SlipOutcome::no_medium, Slip::no_medium},
                                                                  {SlipOutcome::not_written, Slip::not_written},
                                                                  {SlipOutcome::not_made, Slip::not_made},
                                                                  {SlipOutcome::saved, Slip::saved}}) {
    driver.send(SlipSaveAsked{});
    EXPECT_NE(driver.ordered<SaveSlip>(), nullptr);
    EXPECT_EQ(driver.seen<ResultView>().slip, Slip::saving);
    driver.send(SlipSaveAsked{});
    EXPECT_EQ(driver.ordered<SaveSlip>(), nullptr);
    driver.send(SlipSaveEnded{outcome});
    EXPECT_EQ(driver.seen<ResultView>().slip, shown);
  }
}

TEST(Result, FinishingForgetsTheVisit) {
  Driver driver;
  driver.to_sending();
  driver.pass(std::chrono::seconds{4});
  driver.send(Finished{});
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
  EXPECT_FALSE(driver.has_visit());
}

TEST(Bundle, IsAppliedForAsOneProcedure) {
  Driver driver;
  driver.send_all(EntryChosen{Entry::bundles}, CodeChosen{"P"});
  EXPECT_EQ(driver.seen<GuideView>().bundle_items.size(), 2U);
  driver.send_all(WentOn{}, WentOn{});
  EXPECT_EQ(driver.screen(), "id_number") << "only a natural person may apply for both items, so it is not asked";
}

TEST(Closed, AFullDiskTakesNoNewVisit) {
  Driver driver;
  driver.send_all(FaultFound{MachineFault::no_room}, EntryChosen{Entry::apply});
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_EQ(driver.seen<StartView>().closed, MachineFault::no_room);
}

TEST(Closed, AMachineThatIsNotEnrolledTakesNoVisit) {
  Driver driver;
  driver.send_all(FaultFound{MachineFault::not_enrolled}, EntryChosen{Entry::apply});
  EXPECT_EQ(driver.screen(), "start");
  EXPECT_EQ(driver.ordered<BeginVisit>(), nullptr);
  EXPECT_EQ(driver.seen<StartView>().closed, MachineFault::not_enrolled);
}

}  // namespace
}  // namespace bangwu::session
