#include "domain/definition.h"

#include <gtest/gtest.h>

#include <set>

namespace bangwu::domain {
namespace {

Item item() {
  Item item;
  item.code = "A";
  item.applicants = {ApplicantKind::natural_person};
  Field field;
  field.id = "kind";
  field.label = "类型";
  field.kind = FieldKind::choice;
  field.choices = {{"new", "新办"}, {"change", "变更"}};
  Field rows;
  rows.id = "staff";
  rows.kind = FieldKind::rows;
  rows.minimum = 1;
  rows.columns = {field};
  item.form = {field, rows};
  item.materials = {{"id_card", "身份证", MaterialNeed::required, {}, {}, 1, 2, {}, false}};
  return item;
}

TEST(Definition, ChangesWithAllThatAnApplicationIsJudgedBy) {
  std::set<std::string> texts{definition_text(item())};
  const auto changes = [&](const auto& change) {
    Item changed = item();
    change(changed);
    return texts.insert(definition_text(changed)).second;
  };
  EXPECT_TRUE(changes([](Item& i) { i.code = "B"; }));
  EXPECT_TRUE(changes([](Item& i) { i.applicants.clear(); }));
  EXPECT_TRUE(changes([](Item& i) { i.form.pop_back(); }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].id = "sort"; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].kind = FieldKind::text; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].required = false; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].minimum = 2; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].maximum = 2; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].may_lie_in_future = false; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[0].choices.pop_back(); }));
  EXPECT_TRUE(changes([](Item& i) { i.form[1].columns[0].required = false; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[1].shown_if = Condition{"kind", {"new"}}; }));
  EXPECT_TRUE(changes([](Item& i) { i.form[1].shown_if = Condition{"kind", {"change"}}; }));
  EXPECT_TRUE(changes([](Item& i) { i.materials.clear(); }));
  EXPECT_TRUE(changes([](Item& i) { i.materials[0].need = MaterialNeed::optional; }));
  EXPECT_TRUE(changes([](Item& i) { i.materials[0].needed_if = Condition{"kind", {"new"}}; }));
  EXPECT_TRUE(changes([](Item& i) { i.materials[0].sides = 1; }));
}

TEST(Definition, StaysWhenWordsAndContactsChange) {
  Item changed = item();
  changed.name = "乙";
  changed.window.telephone = "110";
  changed.promised_limit.working_days = 3;
  changed.form[0].label = "办理类型";
  changed.form[0].choices[0].label = "新的";
  changed.materials[0].name = "身份证件";
  EXPECT_EQ(definition_text(changed), definition_text(item()));
}

TEST(Definition, OfAPackageIsThatOfItsItems) {
  Item a = item(), b = item();
  a.definition = "1";
  b.code = "B";
  b.definition = "2";
  const Catalogue catalogue{{a, b}, {{"P", "包", "bao", "包", {"A", "B"}}}};
  EXPECT_EQ(procedure_for(catalogue, "A")->definition, "1");
  EXPECT_EQ(procedure_for(catalogue, "P")->definition, "1,2");
}

}  // namespace
}  // namespace bangwu::domain
