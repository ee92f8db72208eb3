#include "catalogue/load.h"

#include <gmock/gmock.h>

#include "shared/catalogue/folder.h"

namespace bangwu::catalogue {
namespace {

using namespace domain;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using Load = Folder;

TEST_F(Load, ReadsEveryKeyOfAnItem) {
  write("items/a.toml", kItem);
  const auto loaded = load();
  EXPECT_THAT(loaded.problems, IsEmpty());
  ASSERT_THAT(loaded.catalogue.items, SizeIs(1));
  const Item& item = loaded.catalogue.items[0];
  EXPECT_EQ(item.code, "T-1");
  EXPECT_EQ(item.name, "食品经营许可");
  EXPECT_EQ(item.pinyin, "shi pin jing ying xu ke");
  EXPECT_EQ(item.summary, "开店之前办理");
  EXPECT_EQ(item.domain, Domain::market_access);
  EXPECT_THAT(item.keywords, ElementsAre(Keyword{"餐馆", "can guan"}));
  EXPECT_THAT(item.applicants, ElementsAre(ApplicantKind::natural_person, ApplicantKind::legal_person));
  EXPECT_EQ(item.department, "审批局");
  EXPECT_THAT(item.conditions, ElementsAre("有场所"));
  EXPECT_EQ(item.handling, Handling::review);
  EXPECT_THAT(item.pickup, ElementsAre("窗口领取", "邮寄送达"));
  EXPECT_EQ(item.statutory_limit.working_days, 20);
  EXPECT_EQ(item.promised_limit.working_days, 5);
  EXPECT_EQ(item.fee, (Fee{"每件80元", "发改价格规〔2016〕2559号"}));
  EXPECT_EQ(item.window, (Contact{"综合窗口", "大厅", "12345", "工作日"}));
  EXPECT_EQ(item.consult, (Contact{"热线", "", "12345", ""}));
}

TEST_F(Load, ReadsEveryKeyOfAForm) {
  write("items/a.toml", kItem);
  const auto loaded = load();
  ASSERT_THAT(loaded.catalogue.items, SizeIs(1));
  const auto& form = loaded.catalogue.items[0].form;
  ASSERT_THAT(form, SizeIs(5));
  EXPECT_EQ(form[0].kind, FieldKind::choice);
  EXPECT_EQ(form[0].hint, "选一个");
  EXPECT_TRUE(form[0].required);
  EXPECT_THAT(form[0].choices, ElementsAre(Choice{"shop", "商店"}, Choice{"inn", "旅店"}));
  EXPECT_EQ(form[1].minimum, 1);
  EXPECT_EQ(form[1].maximum, 500);
  EXPECT_EQ(form[2].minimum, 200) << "yuan in the file, fen in the catalogue";
  EXPECT_EQ(form[2].maximum, 900);
  EXPECT_FALSE(form[2].required);
  EXPECT_TRUE(form[2].may_lie_in_future);
  EXPECT_FALSE(form[3].may_lie_in_future);
  EXPECT_EQ(form[4].shown_if, (Condition{"kind", {"inn"}}));
  ASSERT_THAT(form[4].columns, SizeIs(1));
  EXPECT_EQ(form[4].columns[0].label, "姓名");
}

TEST_F(Load, ReadsEveryKeyOfAMaterial) {
  write("items/a.toml", kItem);
  const auto loaded = load();
  ASSERT_THAT(loaded.catalogue.items, SizeIs(1));
  const auto& materials = loaded.catalogue.items[0].materials;
  ASSERT_THAT(materials, SizeIs(2));
  EXPECT_EQ(materials[0],
            (Material{"id_card", "身份证", MaterialNeed::required, "", std::nullopt, 2, 2, "四角完整", true}));
  EXPECT_EQ(materials[1].need, MaterialNeed::conditional);
  EXPECT_EQ(materials[1].condition, "开旅店的");
  EXPECT_EQ(materials[1].needed_if, (Condition{"kind", {"inn"}}));
  EXPECT_EQ(materials[1].copies, 1);
  EXPECT_EQ(materials[1].sides, 1);
}

TEST_F(Load, KeepsTheOrderOfFileNames) {
  write("items/b.toml", kItem);
  write("items/a.toml", with(kItem, "T-1", "T-2"));
  const auto loaded = load();
  ASSERT_THAT(loaded.catalogue.items, SizeIs(2));
  EXPECT_EQ(loaded.catalogue.items[0].code, "T-2");
  EXPECT_EQ(loaded.catalogue.items[1].code, "T-1");
}

TEST_F(Load, ReadsABundleAndWhereThingsComeFrom) {
  write("items/a.toml", kItem);
  write("items/b.toml", with(kItem, "T-1", "T-2"));
  write("bundles/c.toml", kBundle);
  const auto loaded = load();
  EXPECT_THAT(loaded.problems, IsEmpty());
  EXPECT_THAT(loaded.catalogue.bundles, ElementsAre(Bundle{"B-1", "开店", "kai dian", "一次申请", {"T-1", "T-2"}}));
  ASSERT_THAT(loaded.provenance, SizeIs(3));
  EXPECT_EQ(loaded.provenance[0], (Provenance{"T-1", root() / "items/a.toml", "《食品安全法》第三十五条", true}));
  EXPECT_EQ(loaded.provenance[2], (Provenance{"B-1", root() / "bundles/c.toml", "国发〔2024〕3号", false}));
}

TEST_F(Load, ReadsTheSameFilesTheSameWay) {
  write("items/a.toml", kItem);
  write("items/b.toml", "broken");
  EXPECT_EQ(load().catalogue, load().catalogue);
  EXPECT_EQ(load().problems, load().problems);
}

}  // namespace
}  // namespace bangwu::catalogue
