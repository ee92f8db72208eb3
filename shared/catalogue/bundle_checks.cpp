#include "catalogue/bundle_checks.h"

#include <algorithm>

namespace bangwu::catalogue {
namespace {

using domain::Field;
using domain::Item;
using domain::Material;
using domain::MaterialNeed;

bool asks_the_same(const Field& a, const Field& b) {
  return a.label == b.label && a.kind == b.kind && a.choices == b.choices && a.columns == b.columns &&
         a.shown_if == b.shown_if;
}

bool is_the_same(const Material& a, const Material& b) {
  const bool both_conditional = a.need == MaterialNeed::conditional && b.need == MaterialNeed::conditional;
  const bool same_condition = !both_conditional || (a.condition == b.condition && a.needed_if == b.needed_if);
  return a.name == b.name && a.specification == b.specification && same_condition;
}

template <class T, class Same>
void compare(const std::vector<T>& earlier, const std::vector<T>& later, const Item& a, const Item& b, Same same,
             const char* called, const char* what_to_do, std::vector<Conflict>& conflicts) {
  for (const auto& one : later) {
    const auto other = std::find_if(earlier.begin(), earlier.end(), [&](const T& each) { return each.id == one.id; });
    if (other == earlier.end() || same(*other, one)) continue;
    conflicts.push_back(
        {std::string{called} + "“" + one.id + "”在事项 " + a.code + " 和 " + b.code + " 里不一样", what_to_do});
  }
}

bool share_an_applicant(const std::vector<const Item*>& items) {
  const auto& first = items.front()->applicants;
  return std::any_of(first.begin(), first.end(), [&](domain::ApplicantKind kind) {
    return std::all_of(items.begin(), items.end(), [&](const Item* item) {
      return std::find(item->applicants.begin(), item->applicants.end(), kind) != item->applicants.end();
    });
  });
}

}  // namespace

std::vector<Conflict> conflicts_among(const std::vector<const Item*>& items) {
  std::vector<Conflict> conflicts;
  for (std::size_t later = 1; later < items.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const Item& a = *items[earlier];
      const Item& b = *items[later];
      compare(a.form, b.form, a, b, asks_the_same, "填写项",
              "编号相同的填写项只问一次，名称、方式、选项和条件必须相同，否则请换编号", conflicts);
      compare(a.materials, b.materials, a, b, is_the_same, "材料",
              "编号相同的材料只交一次，名称、要求和条件必须相同，否则请换编号", conflicts);
    }
  }
  if (!items.empty() && !share_an_applicant(items)) {
    conflicts.push_back({"这些事项没有共同的申请人类型", "请核对各事项的 applicants"});
  }
  return conflicts;
}

}  // namespace bangwu::catalogue
