#include "cases/first_answer.h"

#include <gtest/gtest.h>

namespace bangwu::cases {
namespace {

using domain::Outcome;

constexpr std::chrono::year_month_day kMonday = std::chrono::year{2026} / 11 / 23;

domain::Catalogue catalogue(domain::Handling handling) {
  domain::Item item;
  item.code = "A";
  item.name = "甲";
  item.applicants = {domain::ApplicantKind::natural_person};
  item.promised_limit = {5};
  item.handling = handling;
  item.pickup = {"窗口领取"};
  item.materials = {{"id_card", "身份证", domain::MaterialNeed::required, {}, {}, 1, 1, {}, false}};
  return {{item}, {}};
}

domain::Application application() {
  domain::Application application;
  application.procedure = "A";
  application.applicant.identity = {domain::IdKind::resident_id, "11010519491231002X", "张三"};
  application.materials = {{"id_card", {{std::string(64, 'a'), "image/jpeg", 0}}}};
  application.declaration = "属实";
  application.signature.strokes = {{{0, 0, 0}, {1, 1, 1}}};
  application.pickup = "窗口领取";
  application.language = "zh_CN";
  return application;
}

domain::Calendar calendar() { return {{{2026, "测试", {}, {}}}}; }

TEST(FirstAnswer, CompleteApplicationIsGivenTheLastDayOfThePromisedLimit) {
  const auto review = first_answer(catalogue(domain::Handling::review), calendar(), application(), kMonday);
  EXPECT_EQ(review.received.outcome, Outcome::in_review);
  EXPECT_EQ(review.received.due, std::chrono::year{2026} / 11 / 30);
  EXPECT_FALSE(review.received.due_is_provisional);
  EXPECT_EQ(review.received.procedure_name, "甲");
  const auto instant = first_answer(catalogue(domain::Handling::instant), calendar(), application(), kMonday);
  EXPECT_EQ(instant.received.outcome, Outcome::accepted);
  EXPECT_TRUE(instant.received.due);
}

TEST(FirstAnswer, YearWithoutACalendarMakesTheDateProvisional) {
  EXPECT_TRUE(
      first_answer(catalogue(domain::Handling::review), {}, application(), kMonday).received.due_is_provisional);
}

TEST(FirstAnswer, WhatLacksStopsTheLimit) {
  auto incomplete = application();
  incomplete.materials.clear();
  const auto answer = first_answer(catalogue(domain::Handling::review), calendar(), incomplete, kMonday);
  EXPECT_EQ(answer.received.outcome, Outcome::correction_needed);
  EXPECT_EQ(answer.received.lacks.size(), 1U);
  EXPECT_FALSE(answer.received.due);
}

TEST(FirstAnswer, FormThatChangedMeanwhileInventsNoLacksAndGoesToAWindow) {
  auto known = catalogue(domain::Handling::instant);
  known.items[0].definition = "new";
  known.items[0].materials.push_back({"lease", "租赁合同", domain::MaterialNeed::required, {}, {}, 1, 1, {}, false});
  auto by_the_old_form = application();
  by_the_old_form.definition = "old";
  const auto answer = first_answer(known, calendar(), by_the_old_form, kMonday);
  EXPECT_TRUE(answer.received.lacks.empty());
  EXPECT_EQ(answer.received.outcome, Outcome::in_review);
  EXPECT_TRUE(answer.received.due);
  ASSERT_EQ(answer.notes.size(), 1U);
  EXPECT_EQ(answer.notes[0].topic, domain::cases::NoteTopic::changed_form);
  by_the_old_form.definition = "new";
  EXPECT_EQ(first_answer(known, calendar(), by_the_old_form, kMonday).received.lacks.size(), 1U);
  by_the_old_form.definition.clear();
  EXPECT_EQ(first_answer(known, calendar(), by_the_old_form, kMonday).received.lacks.size(), 1U)
      << "machines that do not say it are judged as ever";
}

TEST(FirstAnswer, UnknownCodeGoesToAWindowWithANote) {
  auto unknown = application();
  unknown.procedure = "B";
  const auto answer = first_answer(catalogue(domain::Handling::review), calendar(), unknown, kMonday);
  EXPECT_EQ(answer.received.outcome, Outcome::in_review);
  EXPECT_FALSE(answer.received.due);
  ASSERT_EQ(answer.notes.size(), 1U);
  EXPECT_EQ(answer.notes[0].about, "B");
}

}  // namespace
}  // namespace bangwu::cases
