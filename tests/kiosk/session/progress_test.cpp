#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

constexpr const char* kNumber = "WJ20261123000001";

class Progress : public testing::Test {
 protected:
  void SetUp() override { driver.send(EntryChosen{Entry::progress}); }
  void ask(const std::string& number = kNumber, const std::string& proof = "k7q-4x2") {
    driver.type_and_go(number);
    driver.type_and_go(proof);
  }
  [[nodiscard]] AskProgress question() const {
    const auto* order = driver.ordered<AskProgress>();
    return order ? *order : AskProgress{};
  }
  void fail(ProgressProblem problem) { driver.send(ProgressNotFound{question().ticket, problem}); }
  Driver driver;
};

TEST_F(Progress, NumberThenProofThenWhereTheCaseStands) {
  EXPECT_EQ(driver.screen(), "progress_number");
  driver.type_and_go(" wj 20261123 000001 ");
  EXPECT_EQ(driver.screen(), "progress_proof");
  EXPECT_EQ(driver.seen<ProgressProofView>().number, kNumber);
  driver.type_and_go("k7q-4x2");
  EXPECT_EQ(driver.screen(), "progress_asking");
  EXPECT_EQ(question(), (AskProgress{question().ticket, kNumber, "K7Q4X2"}));
  auto answer = Driver::found(question().ticket, kNumber);
  answer.standing.state = domain::cases::State::correction_needed;
  answer.standing.lacks = {{domain::Lack::What::material, "id_card", domain::AnswerProblem::missing},
                           {domain::Lack::What::part, "signature", domain::AnswerProblem::missing}};
  driver.send(answer);
  ASSERT_EQ(driver.screen(), "progress");
  const auto view = driver.seen<ProgressView>();
  EXPECT_EQ(view.standing, answer.standing);
  EXPECT_EQ(view.procedure, "食品经营许可");
  EXPECT_EQ(view.lacks, (Lacks{{"身份证"}, {LackingPart::signature}}));
  driver.send(Finished{});
  EXPECT_EQ(driver.screen(), "start");
}

TEST_F(Progress, AnItemThisMachineDoesNotKnowIsCalledWhatTheServiceCallsIt) {
  ask();
  auto answer = Driver::found(question().ticket, kNumber);
  answer.standing.procedure = "NEW";
  answer.standing.procedure_name = "新事项";
  answer.standing.lacks = {{domain::Lack::What::material, "plan_7", domain::AnswerProblem::missing}};
  driver.send(answer);
  EXPECT_EQ(driver.seen<ProgressView>().procedure, "新事项");
  EXPECT_EQ(driver.seen<ProgressView>().lacks.labels, std::vector<std::string>{"plan_7"});
}

TEST_F(Progress, AScannedReceiptAsksAtOnce) {
  driver.send(TextChanged{"BANGWU1|7K3Q9-X2M4T-RD8WH|K7Q4X"});
  EXPECT_EQ(driver.screen(), "progress_number") << "it is being typed";
  driver.send(TextChanged{"BANGWU1|7K3Q9-X2M4T-RD8WH|K7Q4X2"});
  EXPECT_EQ(driver.screen(), "progress_asking");
  EXPECT_EQ(question(), (AskProgress{question().ticket, "临7K3Q9-X2M4T-RD8WH", "K7Q4X2"}));
  driver.send(WentBack{});
  EXPECT_EQ(driver.seen<ProgressProofView>().typed, "K7Q4X2");
  driver.send(WentBack{});
  EXPECT_EQ(driver.seen<ProgressNumberView>().typed, "临7K3Q9-X2M4T-RD8WH");
}

TEST_F(Progress, AReceiptFromBeforeThereWereSecretsAsksForTheProof) {
  driver.type_and_go("BANGWU1|WJ20261123000001");
  EXPECT_EQ(driver.screen(), "progress_proof");
  EXPECT_EQ(driver.seen<ProgressProofView>().number, kNumber);
}

TEST_F(Progress, WhatCannotBeANumberOrAProofIsNotAskedFor) {
  driver.send(WentOn{});
  EXPECT_EQ(driver.seen<ProgressNumberView>().problem, ProgressInputProblem::missing);
  driver.type_and_go("WJ2026112300");
  EXPECT_EQ(driver.seen<ProgressNumberView>().problem, ProgressInputProblem::incomplete);
  driver.send(TextChanged{kNumber});
  EXPECT_EQ(driver.seen<ProgressNumberView>().problem, ProgressInputProblem::none);
  driver.send_all(WentOn{}, WentOn{});
  EXPECT_EQ(driver.seen<ProgressProofView>().problem, ProgressInputProblem::missing);
  driver.type_and_go("K7Q");
  EXPECT_EQ(driver.seen<ProgressProofView>().problem, ProgressInputProblem::incomplete);
  EXPECT_EQ(driver.ordered<AskProgress>(), nullptr);
}

// It does not say which of the two was wrong; both can be changed, and nothing typed is lost.
TEST_F(Progress, AWrongProofIsSaidWhereItWasTyped) {
  ask();
  fail(ProgressProblem::not_theirs);
  ASSERT_EQ(driver.screen(), "progress_proof");
  EXPECT_EQ(driver.seen<ProgressProofView>().problem, ProgressInputProblem::not_theirs);
  EXPECT_EQ(driver.seen<ProgressProofView>().typed, "K7Q4X2");
  driver.send(WentBack{});
  EXPECT_EQ(driver.seen<ProgressNumberView>().typed, kNumber);
  driver.type_and_go("WJ20261123000002");
  EXPECT_EQ(driver.seen<ProgressProofView>().problem, ProgressInputProblem::none);
  driver.send(WentOn{});
  EXPECT_EQ(question().number, "WJ20261123000002");
}

TEST_F(Progress, WithoutAnAnswerItCanBeAskedAgainExceptAfterTooMany) {
  for (const auto problem : {ProgressProblem::unreachable, ProgressProblem::recovering, ProgressProblem::slow}) {
    Driver other;
    other.send(EntryChosen{Entry::progress});
    other.type_and_go(kNumber);
    other.type_and_go("K7Q4X2");
    const auto ticket = other.ordered<AskProgress>()->ticket;
    other.send(ProgressNotFound{ticket, problem});
    ASSERT_EQ(other.screen(), "progress_failed");
    EXPECT_EQ(other.view().frame.next, NextLabel::try_again);
    other.send(WentOn{});
    ASSERT_EQ(other.screen(), "progress_asking");
    EXPECT_NE(other.ordered<AskProgress>()->ticket, ticket);
  }
  ask();
  fail(ProgressProblem::too_many);
  EXPECT_EQ(driver.view().frame.next, std::nullopt);
  driver.send(WentOn{});
  EXPECT_EQ(driver.screen(), "progress_failed");
  driver.send(WentBack{});
  EXPECT_EQ(driver.screen(), "progress_proof");
}

TEST_F(Progress, AfterTwoSecondsTheScreenSaysWhatItMeans) {
  ask();
  const auto ticket = question().ticket;
  EXPECT_TRUE(clock_is_held(driver.session_));
  driver.pass(std::chrono::milliseconds{1999});
  EXPECT_EQ(driver.screen(), "progress_asking");
  EXPECT_EQ(next_tick(driver.hall_, driver.session_, driver.now_), driver.now_.steady + std::chrono::milliseconds{1});
  driver.pass(std::chrono::milliseconds{1});
  ASSERT_EQ(driver.screen(), "progress_failed");
  EXPECT_EQ(driver.seen<ProgressFailedView>().problem, ProgressProblem::slow);
  ASSERT_NE(driver.ordered<CancelProgress>(), nullptr);
  EXPECT_EQ(driver.ordered<CancelProgress>()->ticket, ticket);
  driver.send(Driver::found(ticket, kNumber));
  EXPECT_EQ(driver.screen(), "progress_failed") << "a late answer is nobody's";
}

TEST_F(Progress, AnAnswerToAnotherQuestionChangesNothing) {
  ask();
  driver.send(Driver::found(question().ticket + 1, "WJ20261123000009"));
  EXPECT_EQ(driver.screen(), "progress_asking");
}

TEST_F(Progress, BackFromAskingCallsItOff) {
  ask();
  const auto ticket = question().ticket;
  driver.send(WentBack{});
  EXPECT_EQ(driver.screen(), "progress_proof");
  ASSERT_NE(driver.ordered<CancelProgress>(), nullptr);
  EXPECT_EQ(driver.ordered<CancelProgress>()->ticket, ticket);
}

TEST_F(Progress, NothingIsLeftForTheNextPerson) {
  ask();
  driver.send(Driver::found(question().ticket, kNumber));
  driver.pass(driver.hall_.idle_limit);
  driver.pass(driver.hall_.countdown);
  ASSERT_EQ(driver.screen(), "start");
  EXPECT_NE(driver.ordered<ForgetVisit>(), nullptr);
  driver.send(EntryChosen{Entry::progress});
  EXPECT_EQ(driver.seen<ProgressNumberView>().typed, "");
  driver.type_and_go(kNumber);
  EXPECT_EQ(driver.seen<ProgressProofView>().typed, "");
}

TEST_F(Progress, LeavingWhileItIsAskedCallsItOff) {
  ask();
  const auto ticket = question().ticket;
  driver.send_all(HomeAsked{}, HomeConfirmed{});
  EXPECT_FALSE(driver.has_visit());
  ASSERT_NE(driver.ordered<CancelProgress>(), nullptr);
  EXPECT_EQ(driver.ordered<CancelProgress>()->ticket, ticket);
}

TEST(ProgressVisit, TheResultPageShowsTheSecretItsReceiptWillBeProvedBy) {
  Driver driver;
  driver.to_sign();
  driver.send_all(SignatureDrawn{Driver::signature()}, WentOn{});
  driver.send(Stored{driver.ordered<Store>()->ticket, "e-1", "临7K3Q9-X2M4T-RD8WH", "K7Q4X2"});
  driver.pass(driver.hall_.answer_wait);
  EXPECT_EQ(driver.seen<ResultView>().state, ResultView::State::stored_here) << "also before it has arrived";
  EXPECT_EQ(driver.seen<ResultView>().lookup_secret, "K7Q4X2");
  driver.send(Driver::answer("e-1"));
  EXPECT_EQ(driver.seen<ResultView>().lookup_secret, "K7Q4X2");
}

}  // namespace
}  // namespace bangwu::session
