#include "catalogue/visible_texts.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class VisibleTexts : public Folder {
 protected:
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> found;
    for (const auto& text : visible_texts(load().catalogue)) found.push_back(text.text);
    return found;
  }
};

TEST_F(VisibleTexts, AreAllThatAScreenShows) {
  write("items/a.toml", kItem);
  write("items/b.toml", with(kItem, "T-1", "T-2"));
  write("bundles/c.toml", kBundle);
  const auto found = texts();
  for (const char* text : {"市场准入领域", "食品经营许可", "开店之前办理",
                           "审批局",       "有场所",       "窗口领取",
                           "邮寄送达",     "每件80元",     "发改价格规〔2016〕2559号",
                           "综合窗口",     "大厅",         "工作日",
                           "热线",         "类别",         "选一个",
                           "商店",         "旅店",         "面积",
                           "从业人员",     "姓名",         "身份证",
                           "四角完整",     "许可证",       "开旅店的",
                           "开店",         "一次申请"}) {
    EXPECT_THAT(found, Contains(text));
  }
}

TEST_F(VisibleTexts, AreGivenOnceWithTheirUses) {
  write("items/a.toml", kItem);
  const auto all = visible_texts(load().catalogue);
  std::vector<std::string> names;
  for (const auto& text : all) {
    EXPECT_THAT(names, Not(Contains(text.text)));
    names.push_back(text.text);
    if (text.text == "热线") {
      EXPECT_THAT(text.uses, testing::ElementsAre("T-1 consult", "T-1 complaint"));
    }
  }
}

TEST_F(VisibleTexts, AreNotKeywordsNumbersOrCodes) {
  write("items/a.toml", kItem);
  EXPECT_THAT(texts(),
              AllOf(Not(Contains("餐馆")), Not(Contains("12345")), Not(Contains("T-1")), Not(Contains("shop"))));
}

TEST(Pot, QuotesAndNamesUses) {
  const auto pot = to_pot({{"用\"引号\"和\\", {"T-1 name", "T-2 name"}}});
  EXPECT_THAT(pot, HasSubstr("#. T-1 name\n#. T-2 name\nmsgid \"用\\\"引号\\\"和\\\\\"\nmsgstr \"\"\n"));
  EXPECT_THAT(pot, HasSubstr("charset=UTF-8"));
}

}  // namespace
}  // namespace bangwu::catalogue
