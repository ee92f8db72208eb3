#include <gtest/gtest.h>

#include "domain/cases/application.h"

namespace bangwu::domain::cases {
namespace {

using namespace std::chrono_literals;

constexpr base::SystemTime kMorning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 1h};

Received received(Outcome outcome) {
  Received event;
  event.procedure = "A";
  event.procedure_name = "甲";
  event.outcome = outcome;
  event.received_on = std::chrono::year{2026} / 11 / 23;
  if (outcome == Outcome::correction_needed) event.lacks = {{Lack::What::material, "id_card", AnswerProblem::missing}};
  if (outcome == Outcome::accepted || outcome == Outcome::in_review) event.due = std::chrono::year{2026} / 11 / 30;
  return event;
}

const Actor kApplicant = Applicant{};
const Actor kRule = System{"first_answer"};

Recorded recorded(Event event, base::SystemTime at = kMorning, Actor by = kApplicant) {
  return {kEventVersion, std::move(event), at, std::move(by)};
}
std::optional<Case> after(const Received& event) { return domain::cases::apply(std::nullopt, recorded(event)); }

TEST(Casework, ReceivedCaseStandsWhereItsFirstAnswerPutIt) {
  const std::pair<Outcome, State> table[] = {{Outcome::accepted, State::accepted},
                                             {Outcome::in_review, State::in_review},
                                             {Outcome::correction_needed, State::correction_needed},
                                             {Outcome::not_accepted, State::not_accepted}};
  for (const auto& [outcome, state] : table) {
    const auto decided = decide(std::nullopt, ReceiveApplication{received(outcome)}, kApplicant);
    ASSERT_TRUE(decided) << name_of(outcome);
    ASSERT_EQ(decided->size(), 1U);
    const Case current = domain::cases::apply(std::nullopt, recorded(decided->front()));
    EXPECT_EQ(current.state, state);
    EXPECT_STREQ(name_of(current.state), name_of(outcome));
    ASSERT_EQ(current.steps.size(), 2U);
    EXPECT_EQ(current.steps[0], (DatedStep{Step::received, kMorning}));
    EXPECT_STREQ(name_of(current.steps[1].step), name_of(outcome));
  }
}

TEST(Casework, CaseIsReceivedOnce) {
  const auto decided =
      decide(after(received(Outcome::accepted)), ReceiveApplication{received(Outcome::accepted)}, kApplicant);
  EXPECT_EQ(decided, (tl::unexpected(Refusal::already_received)));
}

TEST(Casework, NothingHappensToACaseBeforeItIsReceived) {
  EXPECT_EQ(decide(std::nullopt, AddNote{{NoteTopic::unknown_procedure, "B"}}, kRule),
            (tl::unexpected(Refusal::not_received_yet)));
}

TEST(Casework, DueDateBelongsToALimitThatRuns) {
  for (const Outcome outcome : {Outcome::correction_needed, Outcome::not_accepted}) {
    auto event = received(outcome);
    event.due = std::chrono::year{2026} / 11 / 30;
    EXPECT_EQ(decide(std::nullopt, ReceiveApplication{event}, kApplicant), (tl::unexpected(Refusal::due_without_run)));
  }
}

TEST(Casework, CorrectionIsAskedForExactlyWhenSomethingLacks) {
  auto nothing_lacks = received(Outcome::correction_needed);
  nothing_lacks.lacks.clear();
  EXPECT_EQ(decide(std::nullopt, ReceiveApplication{nothing_lacks}, kApplicant),
            (tl::unexpected(Refusal::lacks_do_not_match)));
  auto something_lacks = received(Outcome::accepted);
  something_lacks.lacks = {{Lack::What::part, "signature", AnswerProblem::missing}};
  EXPECT_EQ(decide(std::nullopt, ReceiveApplication{something_lacks}, kApplicant),
            (tl::unexpected(Refusal::lacks_do_not_match)));
}

TEST(Casework, NoteIsKeptAndMovesNothing) {
  const auto before = after(received(Outcome::in_review));
  const auto decided = decide(before, AddNote{{NoteTopic::unknown_procedure, "B"}}, kRule);
  ASSERT_TRUE(decided);
  const Case current = domain::cases::apply(before, recorded(decided->front(), kMorning + 1h, kRule));
  ASSERT_EQ(current.notes.size(), 1U);
  EXPECT_EQ(current.notes[0].about, "B");
  EXPECT_EQ(current.state, before->state);
  EXPECT_EQ(current.steps, before->steps);
}

TEST(Casework, NobodyDoesWhatIsAnothersToDo) {
  const auto before = after(received(Outcome::in_review));
  const Actor others[] = {Staff{"S-1", Role::manager}, Staff{"S-2", Role::auditor}, KioskActor{"k-1"}};
  for (const Actor& other : others) {
    EXPECT_EQ(decide(std::nullopt, ReceiveApplication{received(Outcome::accepted)}, other),
              (tl::unexpected(Refusal::not_theirs_to_do)));
    EXPECT_EQ(decide(before, AddNote{{NoteTopic::unknown_procedure, "B"}}, other),
              (tl::unexpected(Refusal::not_theirs_to_do)));
  }
  EXPECT_EQ(decide(std::nullopt, ReceiveApplication{received(Outcome::accepted)}, kRule),
            (tl::unexpected(Refusal::not_theirs_to_do)));
}

TEST(Casework, RolesComeBackByTheirNames) {
  for (const Role role :
       {Role::zone_agent, Role::window_helper, Role::town_agent, Role::manager, Role::technician, Role::auditor}) {
    EXPECT_EQ(role_from_name(name_of(role)), role);
  }
  EXPECT_EQ(role_from_name("king"), std::nullopt);
}

}  // namespace
}  // namespace bangwu::domain::cases
