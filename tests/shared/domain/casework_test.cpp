#include "domain/casework.h"

#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

using namespace std::chrono_literals;

constexpr base::SystemTime kMorning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 1h};

CaseReceived received(Outcome outcome) {
  CaseReceived event;
  event.procedure = "A";
  event.procedure_name = "甲";
  event.outcome = outcome;
  event.received_on = std::chrono::year{2026} / 11 / 23;
  if (outcome == Outcome::correction_needed) event.lacks = {{Lack::What::material, "id_card", AnswerProblem::missing}};
  if (outcome == Outcome::accepted || outcome == Outcome::in_review) event.due = std::chrono::year{2026} / 11 / 30;
  return event;
}

std::optional<Case> after(const CaseReceived& event) { return apply(std::nullopt, event, kMorning); }

TEST(Casework, ReceivedCaseStandsWhereItsFirstAnswerPutIt) {
  const std::pair<Outcome, CaseState> table[] = {{Outcome::accepted, CaseState::accepted},
                                                 {Outcome::in_review, CaseState::in_review},
                                                 {Outcome::correction_needed, CaseState::correction_needed},
                                                 {Outcome::not_accepted, CaseState::not_accepted}};
  for (const auto& [outcome, state] : table) {
    const auto decided = decide(std::nullopt, ReceiveApplication{received(outcome)});
    ASSERT_TRUE(decided) << name_of(outcome);
    ASSERT_EQ(decided->size(), 1U);
    const Case current = apply(std::nullopt, decided->front(), kMorning);
    EXPECT_EQ(current.state, state);
    EXPECT_STREQ(name_of(current.state), name_of(outcome));
    ASSERT_EQ(current.steps.size(), 2U);
    EXPECT_EQ(current.steps[0], (DatedStep{CaseStep::received, kMorning}));
    EXPECT_STREQ(name_of(current.steps[1].step), name_of(outcome));
  }
}

TEST(Casework, CaseIsReceivedOnce) {
  const auto decided = decide(after(received(Outcome::accepted)), ReceiveApplication{received(Outcome::accepted)});
  EXPECT_EQ(decided, (tl::unexpected(CaseRefusal::already_received)));
}

TEST(Casework, NothingHappensToACaseBeforeItIsReceived) {
  EXPECT_EQ(decide(std::nullopt, AddNote{{NoteTopic::unknown_procedure, "B"}}),
            (tl::unexpected(CaseRefusal::not_received_yet)));
}

TEST(Casework, DueDateBelongsToALimitThatRuns) {
  for (const Outcome outcome : {Outcome::correction_needed, Outcome::not_accepted}) {
    auto event = received(outcome);
    event.due = std::chrono::year{2026} / 11 / 30;
    EXPECT_EQ(decide(std::nullopt, ReceiveApplication{event}), (tl::unexpected(CaseRefusal::due_without_run)));
  }
}

TEST(Casework, CorrectionIsAskedForExactlyWhenSomethingLacks) {
  auto nothing_lacks = received(Outcome::correction_needed);
  nothing_lacks.lacks.clear();
  EXPECT_EQ(decide(std::nullopt, ReceiveApplication{nothing_lacks}), (tl::unexpected(CaseRefusal::lacks_do_not_match)));
  auto something_lacks = received(Outcome::accepted);
  something_lacks.lacks = {{Lack::What::part, "signature", AnswerProblem::missing}};
  EXPECT_EQ(decide(std::nullopt, ReceiveApplication{something_lacks}),
            (tl::unexpected(CaseRefusal::lacks_do_not_match)));
}

TEST(Casework, NoteIsKeptAndMovesNothing) {
  const auto before = after(received(Outcome::in_review));
  const auto decided = decide(before, AddNote{{NoteTopic::unknown_procedure, "B"}});
  ASSERT_TRUE(decided);
  const Case current = apply(before, decided->front(), kMorning + 1h);
  ASSERT_EQ(current.notes.size(), 1U);
  EXPECT_EQ(current.notes[0].about, "B");
  EXPECT_EQ(current.state, before->state);
  EXPECT_EQ(current.steps, before->steps);
}

}  // namespace
}  // namespace bangwu::domain
