// One slip of a technician's pen at a time: the item is left out, and the problem names its line.
#include <gmock/gmock.h>

#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct Slip {
  const char* name;
  const char* from;
  const char* to;    ///< the change to kItem
  const char* what;  ///< part of what is said
  const char* near;  ///< the problem's line is the first that holds this; empty: of the changed text
};

void PrintTo(const Slip& slip, std::ostream* out) { *out << slip.name; }

class Breakage : public Folder, public testing::WithParamInterface<Slip> {};

std::uint32_t line_of(const std::string& text, const std::string& part) {
  const auto at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return 1 + static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string told(const LoadedCatalogue& loaded) {
  std::string all;
  for (const auto& problem : loaded.problems) all += to_string(problem) + "\n";
  return all;
}

TEST_P(Breakage, LeavesTheItemOutAndNamesTheLine) {
  const Slip& slip = GetParam();
  const std::string near = slip.near;
  const std::string broken = with(kItem, slip.from, slip.to);
  write("items/broken.toml", broken);
  write("items/sound.toml", with(kItem, "T-1", "T-9"));
  const auto loaded = load();
  ASSERT_EQ(loaded.catalogue.items.size(), 1U) << "the broken one is left out, the sound one stays";
  EXPECT_EQ(loaded.catalogue.items[0].code, "T-9");
  ASSERT_EQ(loaded.problems.size(), 1U) << told(loaded);
  const Problem& problem = loaded.problems[0];
  EXPECT_EQ(problem.file, root() / "items/broken.toml");
  EXPECT_EQ(problem.line, line_of(broken, near.empty() ? slip.to : near)) << to_string(problem);
  EXPECT_GT(problem.column, 0U);
  EXPECT_THAT(problem.what, HasSubstr(slip.what));
  EXPECT_FALSE(problem.what_to_do.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Of, Breakage,
    testing::Values(
        Slip{"UnknownKey", "summary =", "sumary = \"x\"\nsummary =", "不认识的键", "sumary ="},
        Slip{"UnknownKeyOfAField", "hint = \"选一个\"", "hint = \"选一个\"\ncolour = 1", "不认识的键", "colour"},
        Slip{"UnknownKeyOfAChoice", "value = \"shop\"", "value = \"shop\", colour = 1", "不认识的键", ""},
        Slip{"UnknownKeyOfAContact", "place = \"大厅\"", "places = \"大厅\"", "不认识的键", ""},
        Slip{"WrongTypeOfText", "name = \"食品经营许可\"", "name = 5", "类型不对", ""},
        Slip{"WrongTypeOfNumber", "statutory = 20", "statutory = \"20\"", "类型不对", ""},
        Slip{"WrongTypeOfFlag", "has_sample = true", "has_sample = \"true\"", "类型不对", ""},
        Slip{"WrongTypeOfList", "keywords = [\"餐馆\"]", "keywords = \"餐馆\"", "类型不对", ""},
        Slip{"OnePinyinForTwoKeywords", "keywords = [\"餐馆\"]", "keywords = [\"餐馆\", \"饭店\"]", "个数不一样",
             "keyword_pinyin"},
        Slip{"PinyinOfAnotherKeyword", "\"can guan\"", "\"can\"", "的拼音", "keyword_pinyin"},
        Slip{"WrongTypeInAList", "[\"有场所\"]", "[\"有场所\", 7]", "类型不对", ""},
        Slip{"WrongTypeOfTable", "shown_if = { field = \"kind\", values = [\"inn\"] }", "shown_if = \"kind\"",
             "类型不对", ""},
        Slip{"FractionInsteadOfANumber", "maximum = 500", "maximum = 500.5", "类型不对", ""},
        Slip{"MissingCode", "code = \"T-1\"\n", "", "缺少 “code”", "name ="},
        Slip{"MissingSource", "source = \"《食品安全法》第三十五条\"\n", "", "缺少 “source”", "code ="},
        Slip{"MissingLimit", "promised = 5\n", "", "缺少 “promised”", "[limits]"},
        Slip{"MissingContact", "[complaint]\nname = \"热线\"\ntelephone = \"12345\"\n", "", "缺少 “complaint”",
             "code ="},
        Slip{"MissingFieldKind", "kind = \"date\"\n", "", "缺少 “kind”", "[[fields]]\nid = \"built_on\""},
        Slip{"MissingMaterialName", "name = \"许可证\"\n", "", "缺少 “name”", "[[materials]]\nid = \"permit\""},
        Slip{"MissingBasisOfAFee", "basis = \"发改价格规〔2016〕2559号\"\n", "", "缺少 “basis”", "[fee]"},
        Slip{"EmptyName", "name = \"食品经营许可\"", "name = \"\"", "是空的", ""},
        Slip{"EmptyHint", "hint = \"选一个\"", "hint = \"\"", "是空的", ""},
        Slip{"EmptyList", "applicants = [\"natural_person\", \"legal_person\"]", "applicants = []", "一项也没有", ""},
        Slip{"SpacesAround", "summary = \"开店之前办理\"", "summary = \" 开店之前办理\"", "首尾有空格", ""},
        Slip{"LineBreakInside", "summary = \"开店之前办理\"", "summary = \"开店\\n之前办理\"", "控制字符", ""},
        Slip{"RepeatedEntry", "[\"窗口领取\", \"邮寄送达\"]", "[\"窗口领取\", \"窗口领取\"]", "重复", ""},
        Slip{"UnknownDomain", "\"market_access\"", "\"market\"", "不认识“market”", ""},
        Slip{"UnknownApplicant", "\"natural_person\", ", "\"person\", ", "不认识的申请人类型", ""},
        Slip{"UnknownKind", "kind = \"money\"", "kind = \"cash\"", "不认识“cash”", ""},
        Slip{"UnknownNeed", "need = \"required\"", "need = \"must\"", "不认识“must”", ""},
        Slip{"UnknownHandling", "handling = \"review\"", "handling = \"fast\"", "不认识“fast”", ""},
        Slip{"NonAsciiCode", "code = \"T-1\"", "code = \"食品-1\"", "只能用英文字母", ""},
        Slip{"NonAsciiFieldId", "id = \"area\"", "id = \"面积\"", "只能用英文字母", ""},
        Slip{"SpaceInAnId", "id = \"id_card\"", "id = \"id card\"", "只能用英文字母", ""},
        Slip{"NonAsciiChoiceValue", "value = \"shop\"", "value = \"商店\"", "只能用英文字母", ""},
        Slip{"TooFewSyllables", "shi pin jing ying xu ke", "shi pin jing ying xu", "5 个音节，名称有 6 个汉字", ""},
        Slip{"PinyinWithTones", "shi pin jing ying xu ke", "shí pǐn jīng yíng xǔ kě", "不是用一个空格隔开的小写拼音",
             ""},
        Slip{"DuplicateFieldId", "id = \"price\"", "id = \"area\"", "用过了", "id = \"area\"\nlabel = \"价格\""},
        Slip{"DuplicateMaterialId", "id = \"permit\"", "id = \"id_card\"", "用过了",
             "id = \"id_card\"\nname = \"许可证\""},
        Slip{"NoChoices",
             "choices = [{ value = \"shop\", label = \"商店\" }, { value = \"inn\", label = \"旅店\" "
             "}]\n\n[[fields]]\nid = \"area\"",
             "choices = []\n\n[[fields]]\nid = \"area\"", "选项有 0 个", "choices"},
        Slip{"RepeatedChoice", "label = \"旅店\"", "label = \"商店\"", "选项重复", "choices"},
        Slip{"ChoicesOfANumber", "maximum = 500", "choices = [{ value = \"a\", label = \"甲\" }]",
             "只有 choice 才有选项", ""},
        Slip{"MinimumAboveMaximum", "minimum = 1\nmaximum = 500", "minimum = 501\nmaximum = 500", "最小值大于最大值",
             ""},
        Slip{"BoundsOfADate", "may_lie_in_future = false", "minimum = 3", "没有最小、最大值", ""},
        Slip{"FutureOfANumber", "maximum = 500", "may_lie_in_future = false", "只有 date", ""},
        Slip{"TooManyRows", "maximum = 5\n", "maximum = 51\n", "超出范围", "maximum = 51"},
        Slip{"RowsInsideRows", "label = \"姓名\"\nkind = \"text\"", "label = \"姓名\"\nkind = \"rows\"",
             "列里不能再有 rows", "kind = \"rows\"\n\n[[materials]]"},
        Slip{"ConditionInsideRows", "label = \"姓名\"\nkind = \"text\"",
             "label = \"姓名\"\nkind = \"text\"\nshown_if = { field = \"kind\", values = [\"inn\"] }", "不认识的键",
             "shown_if = { field = \"kind\", values = [\"inn\"] }\n\n[[materials]]"},
        Slip{"RowsWithoutColumns", "[[fields.columns]]\nid = \"name\"\nlabel = \"姓名\"\nkind = \"text\"\n", "",
             "一列也没有", "[[fields]]\nid = \"workers\""},
        Slip{"ColumnsOfANumber", "maximum = 500", "columns = [{ id = \"a\", label = \"甲\", kind = \"text\" }]",
             "只有 rows 才有列", ""},
        Slip{"ConditionOnAnUnknownField", "shown_if = { field = \"kind\"", "shown_if = { field = \"sort\"",
             "前面没有填写项“sort”", ""},
        Slip{"ConditionOnALaterField", "maximum = 500", "shown_if = { field = \"price\", values = [\"1\"] }",
             "前面没有填写项“price”", ""},
        Slip{"ConditionOnANumber", "shown_if = { field = \"kind\"", "shown_if = { field = \"area\"", "不是选择题", ""},
        Slip{"ConditionOnAnUnknownChoice", "shown_if = { field = \"kind\", values = [\"inn\"]",
             "shown_if = { field = \"kind\", values = [\"bar\"]", "没有“bar”这个选项", ""},
        Slip{"MaterialNeededIfUnknownField", "needed_if = { field = \"kind\"", "needed_if = { field = \"sort\"",
             "前面没有填写项“sort”", ""},
        Slip{"ConditionalWithoutWords", "condition = \"开旅店的\"\n", "", "没有写明什么情况下要交",
             "[[materials]]\nid = \"permit\""},
        Slip{"RequiredWithACondition", "need = \"required\"", "need = \"required\"\ncondition = \"有时\"",
             "只有 conditional 才有条件", "condition = \"有时\""},
        Slip{"NegativeLimit", "promised = 5", "promised = -1", "超出范围", ""},
        Slip{"PromiseLongerThanTheLaw", "promised = 5", "promised = 21", "承诺时限长于法定时限", ""},
        Slip{"InstantWithALimit", "handling = \"review\"", "handling = \"instant\"", "办件类型和承诺时限不一致", ""},
        Slip{"ThreeSides", "sides = 2", "sides = 3", "超出范围", ""},
        Slip{"BrokenSyntax", "summary = \"开店之前办理\"", "summary = \"开店之前办理", "不是正确的 TOML 格式", ""},
        Slip{"KeyTwice", "summary = \"开店之前办理\"", "summary = \"开店之前办理\"\ndepartment = \"x\"",
             "不是正确的 TOML 格式", "department = \"审批局\""}),
    [](const testing::TestParamInfo<Slip>& slip) { return slip.param.name; });

using Broken = Folder;

TEST_F(Broken, ItemTellsAllItsProblemsAtOnce) {
  write("items/a.toml",
        with(with(with(kItem, "market_access", "market"), "sides = 2", "sides = 3"), "\"开店之前办理\"", "\"\""));
  EXPECT_EQ(load().problems.size(), 3U);
}

// The library that parses follows each by recursion; the stack of a thread ends at some thirty thousand.
TEST_F(Broken, ItemWithKeysInKeysWithoutEndIsLeftOut) {
  std::string key = "a";
  for (int i = 0; i < 60'000; ++i) key += ".a";
  write("items/a.toml", std::string(kItem) + key + " = 1\n");
  write("items/b.toml", kItem);
  const auto loaded = load();
  EXPECT_EQ(loaded.catalogue.items.size(), 1U);
  EXPECT_THAT(told(loaded), HasSubstr("a.toml:1:1: 不是正确的 TOML 格式"));
}

TEST_F(Broken, CodeUsedTwiceStaysWithTheFirstFile) {
  write("items/a.toml", kItem);
  write("items/b.toml", with(kItem, "食品经营许可", "食品销售许可"));
  const auto loaded = load();
  ASSERT_EQ(loaded.catalogue.items.size(), 1U);
  EXPECT_EQ(loaded.catalogue.items[0].name, "食品经营许可");
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(loaded.problems[0].file, root() / "items/b.toml");
  EXPECT_EQ(loaded.problems[0].line, 1U);
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("已用于 a.toml"));
  EXPECT_EQ(loaded.provenance.size(), 1U);
}

TEST_F(Broken, MoreThanSixChoicesDoNotFitAScreen) {
  std::string seven;
  for (const char* value : {"a", "b", "c", "d", "e"})
    seven += std::string{", { value = \""} + value + "\", label = \"" + value + "\" }";
  write("items/a.toml", with(kItem, "label = \"旅店\" }", "label = \"旅店\" }" + seven));
  const auto loaded = load();
  EXPECT_THAT(loaded.catalogue.items, IsEmpty());
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_THAT(loaded.problems[0].what, HasSubstr("选项有 7 个"));
}

}  // namespace
}  // namespace bangwu::catalogue
