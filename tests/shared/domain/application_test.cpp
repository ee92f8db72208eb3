#include "domain/application.h"

#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

constexpr std::chrono::year_month_day kToday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

Field field_of(FieldKind kind) {
  Field field;
  field.id = "f";
  field.kind = kind;
  return field;
}
CheckedAnswer good(std::string value) { return {AnswerProblem::none, std::move(value)}; }
CheckedAnswer bad(AnswerProblem problem) { return {problem, {}}; }
CheckedAnswer check(const Field& field, std::string_view typed) { return check_answer(field, typed, kToday); }

constexpr FieldKind kTypedKinds[] = {FieldKind::text,      FieldKind::number,  FieldKind::money,
                                     FieldKind::date,      FieldKind::choice,  FieldKind::yes_no,
                                     FieldKind::telephone, FieldKind::address, FieldKind::resident_id};

TEST(Answer, EmptyIsMissingWhenRequiredAndFineWhenOptional) {
  for (const FieldKind kind : kTypedKinds) {
    Field field = field_of(kind);
    EXPECT_EQ(check(field, ""), bad(AnswerProblem::missing)) << name_of(kind);
    EXPECT_EQ(check(field, " \t\n"), bad(AnswerProblem::missing)) << name_of(kind);
    field.required = false;
    EXPECT_EQ(check(field, "  "), good("")) << name_of(kind);
  }
}

TEST(Answer, WordsAreTrimmedAndCountedInCharacters) {
  for (const FieldKind kind : {FieldKind::text, FieldKind::address}) {
    Field field = field_of(kind);
    field.minimum = 2;
    field.maximum = 4;
    EXPECT_EQ(check(field, "  一号 "), good("一号"));
    EXPECT_EQ(check(field, "一号楼层"), good("一号楼层"));
    EXPECT_EQ(check(field, "一"), bad(AnswerProblem::too_short));
    EXPECT_EQ(check(field, "一号楼层上"), bad(AnswerProblem::too_long));
    EXPECT_EQ(check(field, "a\nb"), good("a\nb"));
    EXPECT_EQ(check(field, "a\x01z"), bad(AnswerProblem::has_control_characters));
    EXPECT_EQ(check(field, "a\x7Fz"), bad(AnswerProblem::has_control_characters));
  }
}

TEST(Answer, WordsWithoutALimitOfTheirOwnEndAt500) {
  EXPECT_EQ(check(field_of(FieldKind::text), std::string(500, 'a')).problem, AnswerProblem::none);
  EXPECT_EQ(check(field_of(FieldKind::text), std::string(501, 'a')), bad(AnswerProblem::too_long));
}

TEST(Answer, NumberIsDigitsBetweenItsLimits) {
  Field field = field_of(FieldKind::number);
  field.minimum = 5;
  field.maximum = 100;
  EXPECT_EQ(check(field, "5"), good("5"));
  EXPECT_EQ(check(field, "100"), good("100"));
  EXPECT_EQ(check(field, "０４２"), good("42"));
  EXPECT_EQ(check(field, "4"), bad(AnswerProblem::too_small));
  EXPECT_EQ(check(field, "101"), bad(AnswerProblem::too_large));
  EXPECT_EQ(check(field, "1.5"), bad(AnswerProblem::not_a_number));
  EXPECT_EQ(check(field, "十"), bad(AnswerProblem::not_a_number));
  EXPECT_EQ(check(field, std::string(16, '9')), bad(AnswerProblem::not_a_number));
}

TEST(Answer, MoneyIsYuanWithAtMostTwoDecimalsAndLimitsInFen) {
  Field field = field_of(FieldKind::money);
  field.minimum = 150;
  field.maximum = 100'000;
  EXPECT_EQ(check(field, "1.5"), good("1.50"));
  EXPECT_EQ(check(field, "1000"), good("1000.00"));
  EXPECT_EQ(check(field, "１２．３４"), good("12.34"));
  EXPECT_EQ(check(field, "007.1"), good("7.10"));
  EXPECT_EQ(check(field, "1.49"), bad(AnswerProblem::too_small));
  EXPECT_EQ(check(field, "1000.01"), bad(AnswerProblem::too_large));
  for (const char* typed : {"1.234", ".5", "1.2.3", "+1", "1,000", "元"}) {
    EXPECT_EQ(check(field, typed), bad(AnswerProblem::not_a_number)) << typed;
  }
}

TEST(Answer, DateExistsAndIsKeptWithHyphens) {
  Field field = field_of(FieldKind::date);
  for (const char* typed : {"20261123", "2026-11-23", "２０２６１１２３"})
    EXPECT_EQ(check(field, typed), good("2026-11-23")) << typed;
  EXPECT_EQ(check(field, "20240229"), good("2024-02-29"));
  EXPECT_EQ(check(field, "20271231"), good("2027-12-31"));
  for (const char* typed : {"20250229", "20261301", "20261100", "18491231", "2026112", "202611230", "明天"}) {
    EXPECT_EQ(check(field, typed), bad(AnswerProblem::not_a_date)) << typed;
  }
  field.may_lie_in_future = false;
  EXPECT_EQ(check(field, "20261123"), good("2026-11-23"));
  EXPECT_EQ(check(field, "20261124"), bad(AnswerProblem::in_future));
}

TEST(Answer, ChoiceIsOneOfThoseOffered) {
  Field field = field_of(FieldKind::choice);
  field.choices = {{"shop", "店铺"}, {"stall", "摊位"}};
  EXPECT_EQ(check(field, "stall"), good("stall"));
  EXPECT_EQ(check(field, "店铺"), bad(AnswerProblem::not_a_choice));
  EXPECT_EQ(check(field, "house"), bad(AnswerProblem::not_a_choice));
}

TEST(Answer, YesNoIsYesOrNo) {
  EXPECT_EQ(check(field_of(FieldKind::yes_no), "yes"), good("yes"));
  EXPECT_EQ(check(field_of(FieldKind::yes_no), "no"), good("no"));
  EXPECT_EQ(check(field_of(FieldKind::yes_no), "true"), bad(AnswerProblem::not_a_choice));
}

TEST(Answer, TelephoneAndResidentIdAreTidiedAndChecked) {
  EXPECT_EQ(check(field_of(FieldKind::telephone), "138 0013 8000"), good("13800138000"));
  EXPECT_EQ(check(field_of(FieldKind::telephone), "0631-5200000"), good("06315200000"));
  EXPECT_EQ(check(field_of(FieldKind::telephone), "12800138000"), bad(AnswerProblem::bad_telephone));
  EXPECT_EQ(check(field_of(FieldKind::resident_id), "11010519491231002x"), good("11010519491231002X"));
  EXPECT_EQ(check(field_of(FieldKind::resident_id), "110105194912310021"), bad(AnswerProblem::bad_id));
}

TEST(Answer, RowsAreNotTypedAsOneText) {
  EXPECT_NE(check(field_of(FieldKind::rows), "x").problem, AnswerProblem::none);
}

TEST(Shown, FieldFollowsItsCondition) {
  Field field = field_of(FieldKind::text);
  Answers answers;
  EXPECT_TRUE(is_shown(field, answers));
  field.shown_if = Condition{"kind", {"shop", "stall"}};
  EXPECT_FALSE(is_shown(field, answers));
  answers.values["kind"] = "house";
  EXPECT_FALSE(is_shown(field, answers));
  answers.values["kind"] = "stall";
  EXPECT_TRUE(is_shown(field, answers));
}

TEST(Needed, MaterialFollowsItsNeedAndItsCondition) {
  Answers answers;
  answers.values["rented"] = "yes";
  Material material;
  material.need = MaterialNeed::required;
  EXPECT_TRUE(is_needed(material, {}));
  material.need = MaterialNeed::conditional;
  EXPECT_FALSE(is_needed(material, answers));  // the applicant decides
  material.needed_if = Condition{"rented", {"yes"}};
  EXPECT_TRUE(is_needed(material, answers));
  EXPECT_FALSE(is_needed(material, {}));
  material.need = MaterialNeed::optional;
  EXPECT_FALSE(is_needed(material, answers));
}

TEST(Name, IsOneToSixtyCharactersAndNoNumber) {
  std::string sixty;
  for (int i = 0; i < 60; ++i) sixty += "名";
  EXPECT_EQ(check_name("张三").problem, AnswerProblem::none);
  EXPECT_EQ(check_name("O'Neill 3").problem, AnswerProblem::none);
  EXPECT_EQ(check_name(sixty).problem, AnswerProblem::none);
  EXPECT_EQ(check_name(sixty + "名").problem, AnswerProblem::too_long);
  EXPECT_EQ(check_name("  ").problem, AnswerProblem::missing);
  EXPECT_EQ(check_name("张\n三").problem, AnswerProblem::has_control_characters);
  EXPECT_EQ(check_name("张\x02三").problem, AnswerProblem::has_control_characters);
  EXPECT_NE(check_name("12345").problem, AnswerProblem::none);
  for (const auto* nobody : {"·", "··", "• ．", "１２３", "-", "。", "---···"})
    EXPECT_EQ(check_name(nobody).problem, AnswerProblem::not_a_choice) << nobody;
  for (const auto* somebody : {"〇", "é", "Иван", "王", "A", "Ａ"})
    EXPECT_EQ(check_name(somebody).problem, AnswerProblem::none) << somebody;
}

TEST(Names, DotsBecomeTheOneThatDocumentsPrint) {
  for (const auto* typed : {"买买提•阿不都", "买买提．阿不都", "买买提・阿不都", "买买提‧阿不都", "买买提·阿不都"})
    EXPECT_EQ(check_name(typed).value, "买买提·阿不都") << typed;
}

TEST(Name, IsKeptWithoutTheSpacesAroundIt) {
  EXPECT_EQ(check_name(" 张三　"), (CheckedAnswer{AnswerProblem::none, "张三"}));
  EXPECT_EQ(check_name("Anna  Smith").value, "Anna  Smith");
  EXPECT_EQ(check_name("　 ").problem, AnswerProblem::missing);
}

TEST(Length, CountsCharactersNotBytes) {
  EXPECT_EQ(length_of(""), 0U);
  EXPECT_EQ(length_of("ab"), 2U);
  EXPECT_EQ(length_of("张三"), 2U);
  EXPECT_EQ(length_of("𠮷é"), 2U);
}

}  // namespace
}  // namespace bangwu::domain
