#include "domain/assessment.h"

#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

using What = Lack::What;
using P = AnswerProblem;
constexpr std::chrono::year_month_day kToday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

Field field_of(std::string id, FieldKind kind) {
  Field field;
  field.id = std::move(id);
  field.kind = kind;
  return field;
}

Material material_of(std::string id, MaterialNeed need, int sides) {
  Material material;
  material.id = std::move(id);
  material.need = need;
  material.sides = sides;
  return material;
}

/// A form with a field of each interest and materials of each need, and an application that fills them.
class FirstAnswer : public testing::Test {
 protected:
  FirstAnswer() {
    procedure_.handling = Handling::instant;
    procedure_.applicants = {ApplicantKind::natural_person, ApplicantKind::legal_person};
    Field other = field_of("other", FieldKind::text);
    other.shown_if = Condition{"kind", {"other"}};
    Field people = field_of("people", FieldKind::rows);
    people.minimum = 2;
    people.maximum = 3;
    people.columns = {field_of("name", FieldKind::text), field_of("telephone", FieldKind::telephone)};
    procedure_.form = {field_of("kind", FieldKind::text), other, people};
    Material lease = material_of("lease", MaterialNeed::conditional, 1);
    lease.needed_if = Condition{"kind", {"rented"}};
    procedure_.materials = {material_of("id_card", MaterialNeed::required, 2), lease,
                            material_of("photo", MaterialNeed::optional, 1)};
    application_.applicant.identity = {IdKind::resident_id, "11010519491231002X", "张三"};
    application_.answers.values["kind"] = "own";
    application_.answers.rows["people"] = {{{"name", "甲"}, {"telephone", "13800138000"}},
                                           {{"name", "乙"}, {"telephone", "13800138001"}}};
    application_.materials = {{"id_card", {{"a", "image/jpeg", 0}, {"b", "image/jpeg", 0}}}};
    application_.declaration = "本人承诺";
    application_.signature.strokes = {{{0, 0, 0}, {1, 1, 10}}};
  }
  [[nodiscard]] std::vector<Lack> lacks() const {
    const auto result = assess(procedure_, application_, kToday);
    EXPECT_EQ(result.outcome == Outcome::correction_needed, !result.lacks.empty());
    return result.lacks;
  }
  Procedure procedure_;
  Application application_;
};

using Lacks = std::vector<Lack>;

TEST_F(FirstAnswer, CompleteInstantOneIsAccepted) {
  EXPECT_EQ(assess(procedure_, application_, kToday), (Assessment{Outcome::accepted, {}}));
}

TEST_F(FirstAnswer, NumberConfirmedAsPrintedLacksNothingWhereverItStands) {
  const std::string number = "110105194912310012";  // its check does not fit
  procedure_.form.push_back(field_of("guardian", FieldKind::resident_id));
  procedure_.form[2].columns.push_back(field_of("number", FieldKind::resident_id));
  application_.applicant.identity.id_number = number;
  application_.answers.values["guardian"] = number;
  for (auto& row : application_.answers.rows["people"]) row["number"] = number;
  EXPECT_EQ(lacks(), (Lacks{{What::part, "applicant", P::bad_id},
                            {What::field, "people", P::bad_id},
                            {What::field, "guardian", P::bad_id}}));
  application_.printed_so = {number};
  EXPECT_EQ(lacks(), Lacks{});
}

TEST_F(FirstAnswer, CompleteOneForReviewIsInReview) {
  procedure_.handling = Handling::review;
  EXPECT_EQ(assess(procedure_, application_, kToday), (Assessment{Outcome::in_review, {}}));
}

TEST_F(FirstAnswer, FieldMissingOrWrongIsNamed) {
  application_.answers.values.clear();
  EXPECT_EQ(lacks(), (Lacks{{What::field, "kind", P::missing}}));
  application_.answers.values["kind"] = std::string(501, 'a');
  EXPECT_EQ(lacks(), (Lacks{{What::field, "kind", P::too_long}}));
}

TEST_F(FirstAnswer, FieldIsAskedForOnlyWhenItIsShown) {
  application_.answers.values["kind"] = "other";
  EXPECT_EQ(lacks(), (Lacks{{What::field, "other", P::missing}}));
  application_.answers.values["other"] = "细节";
  EXPECT_TRUE(lacks().empty());
}

TEST_F(FirstAnswer, RowsAreCountedAndEachIsChecked) {
  auto& rows = application_.answers.rows["people"];
  const auto two = rows;
  rows.pop_back();
  EXPECT_EQ(lacks(), (Lacks{{What::field, "people", P::too_short}}));
  rows.clear();
  EXPECT_EQ(lacks(), (Lacks{{What::field, "people", P::missing}}));
  rows.assign(4, two[0]);
  EXPECT_EQ(lacks(), (Lacks{{What::field, "people", P::too_long}}));
  rows = two;
  rows[1]["telephone"] = "1";
  EXPECT_EQ(lacks(), (Lacks{{What::field, "people", P::bad_telephone}}));
  rows[1].erase("telephone");
  EXPECT_EQ(lacks(), (Lacks{{What::field, "people", P::missing}}));
}

TEST_F(FirstAnswer, OptionalRowsMayBeLeftOut) {
  procedure_.form[2].minimum.reset();
  procedure_.form[2].required = false;
  application_.answers.rows.clear();
  EXPECT_TRUE(lacks().empty());
}

TEST_F(FirstAnswer, MaterialWithoutPagesOrWithoutItsBackIsNamed) {
  application_.materials[0].pages.pop_back();
  EXPECT_EQ(lacks(), (Lacks{{What::material, "id_card", P::too_short}}));
  application_.materials.clear();
  EXPECT_EQ(lacks(), (Lacks{{What::material, "id_card", P::missing}}));
}

TEST_F(FirstAnswer, ConditionalMaterialIsAskedForWhenTheFormSaysSo) {
  application_.answers.values["kind"] = "rented";
  EXPECT_EQ(lacks(), (Lacks{{What::material, "lease", P::missing}}));
  application_.materials.push_back({"lease", {{"c", "image/png", 0}}});
  EXPECT_TRUE(lacks().empty());
}

TEST_F(FirstAnswer, DeclarationAndSignatureAreNeeded) {
  application_.declaration.clear();
  EXPECT_EQ(lacks(), (Lacks{{What::part, "declaration", P::missing}}));
  application_.declaration = "本人承诺";
  application_.signature.strokes = {{{0.5F, 0.5F, 0}}};  // a dot is no signature
  EXPECT_EQ(lacks(), (Lacks{{What::part, "signature", P::missing}}));
}

TEST_F(FirstAnswer, ApplicantWithAWrongNumberNameOrKindIsNamed) {
  const Lacks applicant{{What::part, "applicant", P::bad_id}};
  auto& identity = application_.applicant.identity;
  identity.id_number = "110105194912310021";
  EXPECT_EQ(lacks(), applicant);
  identity.id_number = "11010519491231002X";
  identity.name = "";
  EXPECT_EQ(lacks(), applicant);
  identity.name = "张三";
  procedure_.applicants = {ApplicantKind::legal_person};
  EXPECT_EQ(lacks(), applicant);
}

TEST_F(FirstAnswer, OrganisationNeedsAnAgent) {
  application_.applicant.kind = ApplicantKind::legal_person;
  application_.applicant.identity = {IdKind::uscc, "91350100M000100Y43", "某某有限公司"};
  EXPECT_EQ(lacks(), (Lacks{{What::part, "agent", P::bad_id}}));
  application_.applicant.agent = Person{IdKind::resident_id, "1", "张三"};
  EXPECT_EQ(lacks(), (Lacks{{What::part, "agent", P::bad_id}}));
  application_.applicant.agent->id_number = "11010519491231002X";
  EXPECT_TRUE(lacks().empty());
}

TEST_F(FirstAnswer, EverythingThatLacksIsListedAtOnce) {
  application_ = {};
  application_.applicant.kind = ApplicantKind::legal_person;
  application_.answers.values["kind"] = "rented";
  procedure_.form.push_back(field_of("since", FieldKind::date));
  EXPECT_EQ(lacks(), (Lacks{{What::part, "applicant", P::bad_id},
                            {What::part, "agent", P::bad_id},
                            {What::field, "people", P::missing},
                            {What::field, "since", P::missing},
                            {What::material, "id_card", P::missing},
                            {What::material, "lease", P::missing},
                            {What::part, "declaration", P::missing},
                            {What::part, "signature", P::missing}}));
}

TEST(Assessment, FormThatChangedMeanwhileInventsNoLacks) {
  Procedure procedure;
  procedure.handling = Handling::instant;
  procedure.form.resize(1);
  procedure.form[0].id = "new_question";
  procedure.materials = {{"new_paper", "新材料", MaterialNeed::required, {}, {}, 1, 1, {}, false}};
  Application application;
  application.applicant.identity = {IdKind::resident_id, "11010519491231002X", "张三"};
  application.declaration = "属实";
  const auto today = std::chrono::year{2026} / 11 / 23;
  EXPECT_EQ(assess(procedure, application, today, Judged::parts_only).lacks,
            (std::vector<Lack>{{Lack::What::part, "signature", AnswerProblem::missing}}));
  application.signature.strokes = {{{0.1F, 0.1F, 0}, {0.5F, 0.2F, 90}, {0.9F, 0.6F, 200}}};
  const auto complete = assess(procedure, application, today, Judged::parts_only);
  EXPECT_TRUE(complete.lacks.empty());
  EXPECT_EQ(complete.outcome, Outcome::in_review) << "a window judges the answers";
}

TEST(OutcomeName, IsThatOfTheWire) {
  EXPECT_STREQ(name_of(Outcome::accepted), "accepted");
  EXPECT_STREQ(name_of(Outcome::in_review), "in_review");
  EXPECT_STREQ(name_of(Outcome::correction_needed), "correction_needed");
  EXPECT_STREQ(name_of(Outcome::not_accepted), "not_accepted");
}

}  // namespace
}  // namespace bangwu::domain
