#include "domain/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Item item(std::string code, std::string name, std::string pinyin, std::vector<Keyword> keywords, std::string summary) {
  Item made;
  made.code = std::move(code);
  made.name = std::move(name);
  made.pinyin = std::move(pinyin);
  made.keywords = std::move(keywords);
  made.summary = std::move(summary);
  return made;
}

Catalogue sample() {
  Catalogue catalogue;
  catalogue.items = {
      item("food", "食品经营许可", "shi pin jing ying xu ke", {{"餐馆", "can guan"}, {"饭店", "fan dian"}},
           "开店卖吃的之前办理"),
      item("drug", "药品经营许可（零售）", "yao pin jing ying xu ke ling shou", {{"药店", "yao dian"}},
           "开药店之前办理"),
      item("gas", "用气报装", "yong qi bao zhuang", {{"天然气", "tian ran qi"}, {"LNG", ""}}, "餐馆和居民都可以办"),
      item("device", "第2类医疗器械经营备案", "di lei yi liao qi xie jing ying bei an", {{"食品", "shi pin"}},
           "卖医疗器械之前备案"),
      item("scope", "经营范围变更", "jing ying fan wei bian geng", {}, "换一种生意时办理"),
      item("card", "社会保障卡补领换领", "she hui bao zhang ka bu ling huan ling",
           {{"社保卡", "she bao ka"}, {"市民卡", "shi min ka"}}, ""),
      item("pension", "灵活就业人员养老保险参保登记", "ling huo jiu ye ren yuan yang lao bao xian can bao deng ji",
           {{"社保", "she bao"}}, ""),
      item("tech", "高新技术企业认定", "gao xin ji shu qi ye ren ding", {{"社会科技保障", "she hui ke ji bao zhang"}},
           ""),
      item("hygiene", "公共场所卫生许可", "gong gong chang suo wei sheng xu ke", {{"理发店", "li fa dian"}}, ""),
      item("allowance", "最低生活保障", "zui di sheng huo bao zhang", {{"低保", "di bao"}}, ""),
  };
  catalogue.bundles = {{"restaurant",
                        "开办餐饮店",
                        "kai ban can yin dian",
                        "营业执照和食品许可一次申请",
                        {"food"},
                        {{"营业执照", "ying ye zhi zhao"}}}};
  catalogue.elsewhere = {{"passport",
                          "护照、通行证",
                          "hu zhao tong xing zheng",
                          {{"出国", "chu guo"}},
                          "公安机关出入境管理部门",
                          "12367"}};
  return catalogue;
}

std::string english(std::string_view chinese) {
  if (chinese == "食品经营许可") return "Food business licence";
  if (chinese == "公共场所卫生许可") return "Hygiene licence for public places";
  return std::string(chinese);
}

std::vector<Found> find(std::string_view query) { return SearchIndex(sample(), english).find(query); }

std::vector<std::string> codes(std::string_view query) {
  std::vector<std::string> found;
  for (const auto& one : find(query)) found.push_back(one.code);
  return found;
}

TEST(Search, FindsHanziOfTheName) { EXPECT_THAT(codes("食品经营"), ElementsAre("food")); }

TEST(Search, FindsFullPinyin) {
  EXPECT_THAT(codes("shipin"), ElementsAre("food", "device"));
  EXPECT_THAT(codes("yaopinjingying"), ElementsAre("drug"));
}

TEST(Search, FindsInitials) {
  EXPECT_THAT(codes("spjyxk"), ElementsAre("food"));
  EXPECT_THAT(codes("kbcyd"), ElementsAre("restaurant"));
}

TEST(Search, FindsPinyinWhileItIsBeingTyped) {
  for (const auto* typed : {"yo", "yon", "yong", "yongq", "yongqi", "yongqib"})
    EXPECT_THAT(codes(typed), Contains("gas")) << typed;
}

TEST(Search, FindsMixturesOfHanziPinyinAndInitials) {
  EXPECT_THAT(codes("食pin"), ElementsAre("food", "device"));
  EXPECT_THAT(codes("ship经营"), ElementsAre("food"));
  EXPECT_THAT(codes("yaopjy"), ElementsAre("drug"));
}

TEST(Search, DoesNotMatchInTheMiddleOfASyllable) { EXPECT_THAT(codes("ong"), IsEmpty()); }

TEST(Search, DoesNotCareForCaseSpacesWidthOrPunctuation) {
  EXPECT_THAT(codes("SP JYXK"), ElementsAre("food"));
  EXPECT_THAT(codes("ｓｐＪＹＸＫ"), ElementsAre("food"));
  EXPECT_THAT(codes("shi'pin"), ElementsAre("food", "device"));
  EXPECT_THAT(codes("　食品，经营 "), ElementsAre("food"));
  EXPECT_THAT(codes("许可零售"), ElementsAre("drug"));
  EXPECT_THAT(codes("第２类"), ElementsAre("device"));
  EXPECT_THAT(codes("lng"), Contains("gas"));
}

TEST(Search, PutsNamesThatBeginBeforeNamesThatContainBeforeKeywordsBeforeSummaries) {
  EXPECT_THAT(codes("食品"), ElementsAre("food", "device", "restaurant"));
  EXPECT_THAT(codes("经营"), ElementsAre("scope", "food", "drug", "device"));
  EXPECT_THAT(codes("餐馆"), ElementsAre("food", "gas"));
}

TEST(Search, FindsKeywordsByFullPinyinAndInitials) {
  EXPECT_THAT(codes("lifadian"), ElementsAre("hygiene"));
  EXPECT_THAT(codes("lfd"), ElementsAre("hygiene"));
  EXPECT_THAT(codes("sbk"), Contains("card"));
  EXPECT_THAT(codes("dibao"), ElementsAre("allowance"));
  EXPECT_THAT(codes("yyzz"), ElementsAre("restaurant"));
  EXPECT_THAT(codes("yingyezhizhao"), ElementsAre("restaurant"));
}

TEST(Search, RanksByWhatItMeansAndNotByLettersThatHappenToMatch) {
  EXPECT_THAT(codes("shebao"), ElementsAre("pension", "card"));
  EXPECT_THAT(codes("社保"), ElementsAre("pension", "card"));
}

TEST(Search, HearsWhatSoundsAlike) {
  EXPECT_THAT(codes("sipin"), Contains("food"));
  EXPECT_THAT(codes("sebaoka"), ElementsAre("card"));
  EXPECT_THAT(codes("shimingka"), ElementsAre("card"));
  EXPECT_THAT(codes("nifadian"), ElementsAre("hygiene"));
  EXPECT_THAT(codes("weishenxuke"), ElementsAre("hygiene"));
}

TEST(Search, ForgivesOneLetterOrOneCharacter) {
  EXPECT_THAT(codes("yingyezizao"), ElementsAre("restaurant"));  // two that sound alike
  for (const auto* typed : {"yongqibaozhuagn", "yongqibazhuang", "yongqibaozhuanng", "yongqibsozhuang"})
    EXPECT_THAT(codes(typed), ElementsAre("gas")) << typed;
  EXPECT_THAT(codes("营业职照"), ElementsAre("restaurant"));
  EXPECT_THAT(codes("社保长"), ElementsAre("card", "pension"));
}

TEST(Search, ASlipIsNotThoughtOfWhereSomethingIsRight) { EXPECT_THAT(codes("食品经营"), ElementsAre("food")); }

TEST(Search, FindsEnglishNamesByTheirWords) {
  EXPECT_THAT(codes("food"), ElementsAre("food"));
  EXPECT_THAT(codes("licence food"), ElementsAre("food"));
  EXPECT_THAT(codes("Hygiene Lic"), ElementsAre("hygiene"));
  EXPECT_THAT(codes("hygeine"), ElementsAre("hygiene"));
  EXPECT_THAT(codes("licence for places"), ElementsAre("hygiene"));
  EXPECT_THAT(codes("f"), Contains("scope"));  // an initial; one letter begins no English word
}

TEST(Search, LeavesOutWhatPeopleSayAroundIt) {
  EXPECT_THAT(codes("我要办营业执照"), ElementsAre("restaurant"));
  EXPECT_THAT(codes("社保卡怎么办理"), ElementsAre("card"));
}

TEST(Search, KnowsWhatIsDoneElsewhere) {
  EXPECT_THAT(find("huzhao"), ElementsAre(Found{"passport", Found::Kind::elsewhere}));
  EXPECT_THAT(find("出国"), ElementsAre(Found{"passport", Found::Kind::elsewhere}));
}

TEST(Search, SaysWhatIsABundle) { EXPECT_THAT(find("餐饮店"), ElementsAre(Found{"restaurant", Found::Kind::bundle})); }

TEST(Search, FindsNothingForNothing) {
  EXPECT_THAT(codes(""), IsEmpty());
  EXPECT_THAT(codes(" 　"), IsEmpty());
  EXPECT_THAT(codes("，。！"), IsEmpty());
  EXPECT_THAT(codes("\xFF\xFE"), IsEmpty());
}

TEST(Search, SurvivesNonsenseOfAnyLength) {
  EXPECT_THAT(codes(std::string(100000, 's')), IsEmpty());
  EXPECT_THAT(codes("食" + std::string(500, '\xE9')), ElementsAre("food", "device", "restaurant"));
}

}  // namespace
}  // namespace bangwu::domain
