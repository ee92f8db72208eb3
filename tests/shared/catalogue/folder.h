#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "catalogue/load.h"

namespace bangwu::catalogue {

/// A folder of its own for one test, with items/ and bundles/; gone with the test.
class Folder : public testing::Test {
 protected:
  Folder() {
    std::string name = (std::filesystem::path(testing::TempDir()) / "catalogue-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    std::filesystem::create_directory(root_ / "items");
    std::filesystem::create_directory(root_ / "bundles");
  }
  ~Folder() override { std::filesystem::remove_all(root_); }

  void write(const std::string& relative, const std::string& content) const {
    std::ofstream(root_ / relative, std::ios::binary) << content;
  }
  [[nodiscard]] LoadedCatalogue load() const { return load_catalogue(root_); }
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  /// `text` with the first `from` replaced; the test fails when there is none.
  static std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
  }

 private:
  std::filesystem::path root_;
};

/// A sound item that uses every key. Line numbers matter to the tests: line 1 is `code`.
inline const std::string kItem = R"(code = "T-1"
name = "食品经营许可"
pinyin = "shi pin jing ying xu ke"
summary = "开店之前办理"
domain = "market_access"
keywords = ["餐馆"]
keyword_pinyin = ["can guan"]
applicants = ["natural_person", "legal_person"]
department = "审批局"
conditions = ["有场所"]
handling = "review"
pickup = ["窗口领取", "邮寄送达"]
source = "《食品安全法》第三十五条"
sample = true

[limits]
statutory = 20
promised = 5

[fee]
amount = "每件80元"
basis = "发改价格规〔2016〕2559号"

[window]
name = "综合窗口"
place = "大厅"
telephone = "12345"
hours = "工作日"

[consult]
name = "热线"
telephone = "12345"

[complaint]
name = "热线"
telephone = "12345"

[[fields]]
id = "kind"
label = "类别"
hint = "选一个"
kind = "choice"
choices = [{ value = "shop", label = "商店" }, { value = "inn", label = "旅店" }]

[[fields]]
id = "area"
label = "面积"
kind = "number"
minimum = 1
maximum = 500

[[fields]]
id = "price"
label = "价格"
kind = "money"
minimum = 2
maximum = 9
required = false

[[fields]]
id = "built_on"
label = "建成日期"
kind = "date"
may_lie_in_future = false

[[fields]]
id = "workers"
label = "从业人员"
kind = "rows"
minimum = 1
maximum = 5
shown_if = { field = "kind", values = ["inn"] }

[[fields.columns]]
id = "name"
label = "姓名"
kind = "text"

[[materials]]
id = "id_card"
name = "身份证"
need = "required"
copies = 2
sides = 2
specification = "四角完整"
has_sample = true

[[materials]]
id = "permit"
name = "许可证"
need = "conditional"
condition = "开旅店的"
needed_if = { field = "kind", values = ["inn"] }
)";

inline const std::string kBundle = R"(code = "B-1"
name = "开店"
pinyin = "kai dian"
summary = "一次申请"
items = ["T-1", "T-2"]
source = "国发〔2024〕3号"
sample = false
)";

}  // namespace bangwu::catalogue
