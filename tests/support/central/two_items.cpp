#include "support/central/two_items.h"

#include <string>

#include "support/files.h"

namespace bangwu::support {
namespace {

constexpr const char* kItem = R"(name = "某某备案"
pinyin = "mou mou bei an"
summary = "一句话说明这件事"
domain = "market_access"
applicants = ["natural_person", "legal_person"]
department = "武进区行政审批局"
conditions = ["受理条件"]
pickup = ["窗口领取", "邮寄送达"]
source = "测试"
sample = true
[window]
name = "窗口"
telephone = "12345"
[consult]
name = "咨询"
telephone = "12345"
[complaint]
name = "投诉"
telephone = "12345"
[[fields]]
id = "purpose"
label = "用途"
kind = "text"
maximum = 60
[[fields]]
id = "kind"
label = "办理类型"
kind = "choice"
choices = [{ value = "new", label = "新办" }, { value = "change", label = "变更" }]
required = false
[[fields]]
id = "has_licence"
label = "已领执照"
kind = "yes_no"
required = false
[[materials]]
id = "id_card"
name = "身份证"
need = "required"
)";

std::string item(const std::string& code, const std::string& handling, int days) {
  std::string text = "code = \"" + code + "\"\nhandling = \"" + handling + "\"\n";
  std::string rest = kItem;
  rest.insert(rest.find("[window]"), "[limits]\nstatutory = 20\npromised = " + std::to_string(days) + "\n");
  return text + rest;
}

}  // namespace

void write_two_items(const std::filesystem::path& folder) {
  write_file(folder / "catalogue/items/review.toml", item("T-REVIEW", "review", 5));
  write_file(folder / "catalogue/items/instant.toml", item("T-INSTANT", "instant", 0));
  std::filesystem::create_directories(folder / "catalogue/bundles");
  std::filesystem::create_directories(folder / "calendar");
}

}  // namespace bangwu::support
