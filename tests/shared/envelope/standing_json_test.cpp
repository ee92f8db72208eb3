#include "envelope/standing_json.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace bangwu::envelope {
namespace {

using domain::DayKind;
using domain::cases::Standing;
using domain::cases::State;
using domain::cases::Step;

Standing sample() {
  Standing standing;
  standing.number = "WJ20261123000001";
  standing.procedure = "WJ-GG-0004";
  standing.procedure_name = "社会保障卡补领";
  standing.state = State::in_review;
  standing.steps = {{Step::received, kMorning}, {Step::in_review, kMorning}};
  standing.lacks = {{domain::Lack::What::field, "shop", domain::AnswerProblem::too_short}};
  standing.received_on = std::chrono::year{2026} / 11 / 23;
  standing.due = std::chrono::year{2026} / 11 / 25;
  standing.due_is_provisional = true;
  standing.limit_days = {{std::chrono::year{2026} / 11 / 24, DayKind::worked},
                         {std::chrono::year{2026} / 11 / 25, DayKind::worked_instead}};
  standing.progress = {domain::Pace::overdue, -3};
  standing.as_of = kMorning;
  return standing;
}

TEST(StandingJson, IsReadAsItWasWritten) {
  auto standing = sample();
  EXPECT_EQ(standing_from_json(to_json(standing)).value(), standing);
  standing.due.reset();
  standing.limit_days.clear();
  standing.progress = {};
  standing.state = State::correction_needed;
  EXPECT_EQ(standing_from_json(to_json(standing)).value(), standing);
}

// A service may be newer than the kiosk that asks it.
TEST(StandingJson, MembersThatAreNotKnownArePassedOver) {
  const auto newer = with(to_json(sample()), "{", R"({"a_new_one":[1,2],)");
  EXPECT_EQ(standing_from_json(newer).value(), sample());
}

TEST(StandingJson, WhatIsNotWholeIsRefused) {
  const auto text = to_json(sample());
  for (const char* member : {"as_of", "case_number", "limit_days", "pace", "state", "steps"}) {
    const auto without = with(text, std::string("\"") + member + "\"", "\"other\"");
    EXPECT_EQ(code_of(standing_from_json(without)), base::ErrorCode::invalid_input) << member;
  }
  EXPECT_EQ(code_of(standing_from_json(with(text, R"("state":"in_review")", R"("state":"asleep")"))),
            base::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(standing_from_json("[]")), base::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(standing_from_json("")), base::ErrorCode::invalid_input);
}

}  // namespace
}  // namespace bangwu::envelope
