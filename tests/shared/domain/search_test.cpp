#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/catalogue.h"

namespace bangwu::domain {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Item item(std::string code, std::string name, std::string pinyin, std::vector<std::string> keywords,
          std::string summary) {
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
      item("food", "食品经营许可", "shi pin jing ying xu ke", {"餐馆", "饭店"}, "开店卖吃的之前办理"),
      item("drug", "药品经营许可（零售）", "yao pin jing ying xu ke ling shou", {"药店"}, "开药店之前办理"),
      item("gas", "用气报装", "yong qi bao zhuang", {"天然气", "LNG"}, "餐馆和居民都可以办"),
      item("device", "第2类医疗器械经营备案", "di lei yi liao qi xie jing ying bei an", {"食品"}, "卖医疗器械之前备案"),
      item("scope", "经营范围变更", "jing ying fan wei bian geng", {}, "换一种生意时办理"),
  };
  catalogue.bundles = {{"restaurant", "开办餐饮店", "kai ban can yin dian", "营业执照和食品许可一次申请", {"food"}}};
  return catalogue;
}

std::vector<std::string> codes(std::string_view query) {
  std::vector<std::string> found;
  for (const auto& one : search(sample(), query)) found.push_back(one.code);
  return found;
}

TEST(Search, FindsHanziOfTheName) { EXPECT_THAT(codes("食品经营"), ElementsAre("food")); }

TEST(Search, FindsFullPinyin) {
  EXPECT_THAT(codes("shipin"), ElementsAre("food"));
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
  EXPECT_THAT(codes("食pin"), ElementsAre("food"));
  EXPECT_THAT(codes("ship经营"), ElementsAre("food"));
  EXPECT_THAT(codes("yaopjy"), ElementsAre("drug"));
}

TEST(Search, DoesNotMatchInTheMiddleOfASyllable) { EXPECT_THAT(codes("ong"), IsEmpty()); }

TEST(Search, DoesNotCareForCaseSpacesWidthOrPunctuation) {
  EXPECT_THAT(codes("SP JYXK"), ElementsAre("food"));
  EXPECT_THAT(codes("ｓｐＪＹＸＫ"), ElementsAre("food"));
  EXPECT_THAT(codes("shi'pin"), ElementsAre("food"));
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

TEST(Search, SaysWhatIsABundle) { EXPECT_THAT(search(sample(), "餐饮店"), ElementsAre(Found{"restaurant", true})); }

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
