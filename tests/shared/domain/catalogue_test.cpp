#include "domain/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

using testing::ElementsAre;

Field field(std::string id, FieldKind kind = FieldKind::text) {
  Field made;
  made.id = id;
  made.label = id;
  made.kind = kind;
  return made;
}

Material material(std::string id, MaterialNeed need = MaterialNeed::required) {
  Material made;
  made.id = id;
  made.name = id;
  made.need = need;
  return made;
}

Item item(std::string code) {
  Item made;
  made.code = code;
  made.name = "事项" + code;
  made.applicants = {ApplicantKind::natural_person, ApplicantKind::legal_person};
  made.handling = Handling::instant;
  made.pickup = {"窗口领取"};
  return made;
}

Procedure bundle_of(Item a, Item b) {
  Catalogue catalogue;
  const std::vector<std::string> codes{a.code, b.code};
  catalogue.items = {std::move(a), std::move(b)};
  catalogue.bundles = {{"B", "一件事", "yi jian shi", "", codes}};
  return procedure_for(catalogue, "B").value();
}

template <class T>
std::vector<std::string> ids(const std::vector<T>& all) {
  std::vector<std::string> found;
  for (const auto& one : all) found.push_back(one.id);
  return found;
}

TEST(Procedure, OfAnItemAsksWhatTheItemAsks) {
  Item one = item("A");
  one.form = {field("name"), field("area", FieldKind::number)};
  one.materials = {material("id_card")};
  one.promised_limit = {5};
  one.statutory_limit = {20};
  one.handling = Handling::review;
  one.window.name = "窗口";
  const auto procedure = procedure_for(Catalogue{{one}, {}}, "A").value();
  EXPECT_EQ(procedure.code, "A");
  EXPECT_EQ(procedure.name, one.name);
  EXPECT_FALSE(procedure.is_bundle);
  EXPECT_THAT(procedure.item_codes, ElementsAre("A"));
  EXPECT_EQ(procedure.form, one.form);
  EXPECT_EQ(procedure.materials, one.materials);
  EXPECT_EQ(procedure.applicants, one.applicants);
  EXPECT_EQ(procedure.pickup, one.pickup);
  EXPECT_EQ(procedure.promised_limit, one.promised_limit);
  EXPECT_EQ(procedure.statutory_limit, one.statutory_limit);
  EXPECT_EQ(procedure.handling, Handling::review);
  EXPECT_EQ(procedure.window, one.window);
}

TEST(Procedure, OfAnUnknownCodeIsNothing) {
  EXPECT_EQ(procedure_for(Catalogue{{item("A")}, {}}, "Z"), std::nullopt);
  EXPECT_EQ(procedure_for(Catalogue{{item("A")}, {{"B", "一件事", "yi jian shi", "", {"A", "gone"}}}}, "B"),
            std::nullopt);
  EXPECT_EQ(procedure_for(Catalogue{{item("A")}, {{"B", "一件事", "yi jian shi", "", {}}}}, "B"), std::nullopt);
}

TEST(Procedure, OfABundleAsksASharedFieldOnce) {
  Item a = item("A"), b = item("B2");
  a.form = {field("name"), field("phone")};
  b.form = {field("phone"), field("area")};
  const auto procedure = bundle_of(a, b);
  EXPECT_TRUE(procedure.is_bundle);
  EXPECT_EQ(procedure.name, "一件事");
  EXPECT_THAT(procedure.item_codes, ElementsAre("A", "B2"));
  EXPECT_THAT(ids(procedure.form), ElementsAre("name", "phone", "area"));
}

TEST(Procedure, OfABundleRequiresWhatOneItemRequires) {
  Item a = item("A"), b = item("B2");
  a.form = {field("phone")};
  a.form[0].required = false;
  b.form = {field("phone")};
  a.materials = {material("licence", MaterialNeed::optional)};
  b.materials = {material("licence")};
  EXPECT_TRUE(bundle_of(a, b).form[0].required);
  EXPECT_TRUE(bundle_of(b, a).form[0].required);
  EXPECT_EQ(bundle_of(a, b).materials[0].need, MaterialNeed::required);
  EXPECT_EQ(bundle_of(b, a).materials[0].need, MaterialNeed::required);
}

TEST(Procedure, OfABundleKeepsBothBoundsOfASharedField) {
  Item a = item("A"), b = item("B2");
  a.form = {field("area", FieldKind::number), field("built_on", FieldKind::date)};
  a.form[0].minimum = 1;
  a.form[0].maximum = 100;
  b.form = {field("area", FieldKind::number), field("built_on", FieldKind::date)};
  b.form[0].minimum = 10;
  b.form[0].maximum = 500;
  b.form[1].may_lie_in_future = false;
  const auto form = bundle_of(a, b).form;
  EXPECT_EQ(form[0].minimum, 10);
  EXPECT_EQ(form[0].maximum, 100);
  EXPECT_FALSE(form[1].may_lie_in_future);
}

TEST(Procedure, OfABundleShowsAFieldThatOneItemAlwaysShows) {
  Item a = item("A"), b = item("B2");
  a.form = {field("kind", FieldKind::yes_no), field("area")};
  a.form[1].shown_if = Condition{"kind", {"yes"}};
  b.form = {field("area")};
  EXPECT_EQ(bundle_of(a, b).form[1].shown_if, std::nullopt);
  b.form = a.form;
  EXPECT_EQ(bundle_of(a, b).form[1].shown_if, a.form[1].shown_if);
}

TEST(Procedure, OfABundleNeverHidesAMaterialBehindAnotherItemsCondition) {
  Item a = item("A"), b = item("B2");
  a.materials = {material("report", MaterialNeed::conditional)};
  a.materials[0].condition = "使用集中空调的";
  a.materials[0].needed_if = Condition{"air", {"yes"}};
  b.materials = {material("report")};
  const auto required = bundle_of(a, b).materials[0];
  EXPECT_EQ(required.need, MaterialNeed::required);
  EXPECT_EQ(required.needed_if, std::nullopt);
  EXPECT_EQ(required.condition, "");
  b.materials = {material("report", MaterialNeed::optional)};
  const auto conditional = bundle_of(b, a).materials[0];
  EXPECT_EQ(conditional.need, MaterialNeed::conditional);
  EXPECT_EQ(conditional.needed_if, a.materials[0].needed_if);
  EXPECT_EQ(conditional.condition, "使用集中空调的");
  b.materials = a.materials;
  b.materials[0].needed_if = Condition{"other", {"yes"}};
  EXPECT_EQ(bundle_of(a, b).materials[0].needed_if, std::nullopt);
}

TEST(Procedure, OfABundleAsksForTheMostCopiesAndSides) {
  Item a = item("A"), b = item("B2");
  a.materials = {material("id_card")};
  a.materials[0].copies = 3;
  b.materials = {material("id_card")};
  b.materials[0].sides = 2;
  b.materials[0].has_sample = true;
  const auto merged = bundle_of(a, b).materials.at(0);
  EXPECT_EQ(merged.copies, 3);
  EXPECT_EQ(merged.sides, 2);
  EXPECT_TRUE(merged.has_sample);
}

TEST(Procedure, OfABundleIsAsSlowAsItsSlowestItem) {
  Item a = item("A"), b = item("B2");
  a.promised_limit = {3};
  a.statutory_limit = {30};
  b.promised_limit = {7};
  b.statutory_limit = {20};
  for (const auto& procedure : {bundle_of(a, b), bundle_of(b, a)}) {
    EXPECT_EQ(procedure.promised_limit.working_days, 7);
    EXPECT_EQ(procedure.statutory_limit.working_days, 30);
  }
}

TEST(Procedure, OfABundleIsInstantOnlyIfAllItsItemsAre) {
  Item a = item("A"), b = item("B2");
  EXPECT_EQ(bundle_of(a, b).handling, Handling::instant);
  a.handling = Handling::review;
  EXPECT_EQ(bundle_of(a, b).handling, Handling::review);
  EXPECT_EQ(bundle_of(b, a).handling, Handling::review);
}

TEST(Procedure, OfABundleIsForApplicantsThatEveryItemAllows) {
  Item a = item("A"), b = item("B2");
  b.applicants = {ApplicantKind::legal_person, ApplicantKind::other_organisation};
  EXPECT_THAT(bundle_of(a, b).applicants, ElementsAre(ApplicantKind::legal_person));
}

TEST(Procedure, OfABundleOffersSharedWaysToCollectOrElseAll) {
  Item a = item("A"), b = item("B2");
  a.pickup = {"窗口领取", "邮寄送达"};
  b.pickup = {"邮寄送达", "网上下载"};
  EXPECT_THAT(bundle_of(a, b).pickup, ElementsAre("邮寄送达"));
  b.pickup = {"网上下载"};
  EXPECT_THAT(bundle_of(a, b).pickup, ElementsAre("窗口领取", "邮寄送达", "网上下载"));
}

TEST(Names, AreThoseOfTheWire) {
  EXPECT_STREQ(name_of(Domain::upward_filing), "upward_filing");
  EXPECT_STREQ(name_of(ApplicantKind::other_organisation), "other_organisation");
  EXPECT_STREQ(name_of(FieldKind::resident_id), "resident_id");
  EXPECT_STREQ(chinese_name_of(Domain::project_construction), "项目建设领域");
}

}  // namespace
}  // namespace bangwu::domain
