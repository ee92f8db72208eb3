#include "catalogue/field_reader.h"

#include <algorithm>
#include <array>
#include <string>

namespace bangwu::catalogue {
namespace {

using domain::Choice;
using domain::Condition;
using domain::Field;
using domain::FieldKind;
using domain::Material;
using domain::MaterialNeed;

constexpr std::array kKinds{FieldKind::text,        FieldKind::number, FieldKind::money,     FieldKind::date,
                            FieldKind::choice,      FieldKind::yes_no, FieldKind::telephone, FieldKind::address,
                            FieldKind::resident_id, FieldKind::rows};
constexpr std::array<const char*, 3> kNeeds{"required", "conditional", "optional"};
constexpr std::size_t kFewestChoices = 2;
constexpr std::size_t kMostChoices = 6;  // what one screen shows
constexpr std::int64_t kFenInYuan = 100;
constexpr std::int64_t kLargestNumber = 1'000'000'000'000;
constexpr std::int64_t kMostRows = 50;
constexpr std::int64_t kLongestAnswer = 2000;
constexpr int kMostCopies = 20;

std::string numbered(const char* what, std::size_t index) {
  return std::string{what} + " " + std::to_string(index + 1);
}

template <class T>
bool has_id(const std::vector<T>& all, const std::string& id) {
  return std::any_of(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
}

// The unit a kind's bounds are kept in, and the largest that can be written.
struct Bounds {
  std::int64_t smallest = 0, largest = 0, unit = 1;
};
std::optional<Bounds> bounds_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::number: return Bounds{-kLargestNumber, kLargestNumber, 1};
    case FieldKind::money: return Bounds{0, kLargestNumber / kFenInYuan, kFenInYuan};
    case FieldKind::text:
    case FieldKind::address: return Bounds{0, kLongestAnswer, 1};
    case FieldKind::rows: return Bounds{0, kMostRows, 1};
    case FieldKind::date:
    case FieldKind::choice:
    case FieldKind::yes_no:
    case FieldKind::telephone:
    case FieldKind::resident_id: return std::nullopt;
  }
  return std::nullopt;
}

void read_bounds(TableReader& reader, Field& field) {
  const auto bounds = bounds_of(field.kind);
  if (!bounds) {
    for (const char* key : {"minimum", "maximum"}) {
      if (!reader.has(key)) continue;
      (void)reader.integer(key, -kLargestNumber, kLargestNumber);
      reader.problem_at(key, "这种填写方式没有最小、最大值", "请删去这一行");
    }
    return;
  }
  field.minimum = reader.integer("minimum", bounds->smallest, bounds->largest);
  field.maximum = reader.integer("maximum", bounds->smallest, bounds->largest);
  if (field.minimum && field.maximum && *field.minimum > *field.maximum) {
    reader.problem_at("minimum", "最小值大于最大值", "请改正 minimum 或 maximum");
  }
  if (field.minimum) *field.minimum *= bounds->unit;
  if (field.maximum) *field.maximum *= bounds->unit;
}

Choice read_choice(const toml::table& table, const std::string& where, Report& report) {
  TableReader reader(table, where, report);
  Choice choice{reader.id("value"), reader.text("label")};
  reader.refuse_unknown_keys();
  return choice;
}

void read_choices(TableReader& reader, Field& field) {
  const auto tables = reader.tables("choices");
  if (field.kind != FieldKind::choice) {
    if (reader.has("choices"))
      reader.problem_at("choices", "只有 choice 才有选项", "请删去 choices，或把 kind 改为 choice");
    return;
  }
  if (tables.size() < kFewestChoices || tables.size() > kMostChoices) {
    reader.problem_at("choices", "选项有 " + std::to_string(tables.size()) + " 个", "请写 2 到 6 个选项，一屏放得下");
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    Choice choice = read_choice(*tables[i], reader.where() + " " + numbered("选项", i), reader.report());
    const bool repeated = std::any_of(field.choices.begin(), field.choices.end(), [&](const Choice& other) {
      return (!choice.value.empty() && other.value == choice.value) ||
             (!choice.label.empty() && other.label == choice.label);
    });
    if (repeated)
      reader.report().add(*tables[i], reader.where() + "：选项重复", "每个选项的 value 和 label 都不能相同");
    field.choices.push_back(std::move(choice));
  }
}

// The values a condition may ask of a field; empty for kinds that no condition can ask.
std::vector<std::string> values_of(const Field& field) {
  if (field.kind == FieldKind::yes_no) return {"yes", "no"};
  std::vector<std::string> values;
  for (const auto& choice : field.choices) values.push_back(choice.value);
  return values;
}

std::optional<Condition> read_condition(TableReader& owner, std::string_view key, const std::vector<Field>& fields) {
  const toml::table* table = owner.optional_table(key);
  if (table == nullptr) return std::nullopt;
  TableReader reader(*table, owner.where() + " 的条件", owner.report());
  Condition condition{reader.id("field"), reader.texts("values", TableReader::Least::one)};
  reader.refuse_unknown_keys();
  if (condition.field.empty()) return std::nullopt;
  const auto named =
      std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.id == condition.field; });
  if (named == fields.end()) {
    reader.problem_at("field", "前面没有填写项“" + condition.field + "”",
                      "条件只能看写在它前面的填写项，请检查编号和顺序");
    return std::nullopt;
  }
  const auto known = values_of(*named);
  if (known.empty() && named->kind == FieldKind::choice) return condition;  // reported where its choices lack
  if (known.empty()) {
    reader.problem_at("field", "“" + condition.field + "”不是选择题", "条件只能看 choice 或 yes_no 的填写项");
    return std::nullopt;
  }
  for (const auto& value : condition.values) {
    if (value.empty() || std::find(known.begin(), known.end(), value) != known.end()) continue;
    reader.problem_at("values", "“" + condition.field + "”没有“" + value + "”这个选项",
                      "请写该项选项的 value，yes_no 写 yes 或 no");
  }
  return condition;
}

enum class Place { form, row };
Field read_field(TableReader& reader, Place place, const std::vector<Field>& earlier);

void read_columns(TableReader& reader, Field& field) {
  const auto tables = reader.tables("columns");
  if (field.kind != FieldKind::rows) {
    if (reader.has("columns")) reader.problem_at("columns", "只有 rows 才有列", "请删去 columns，或把 kind 改为 rows");
    return;
  }
  if (tables.empty()) reader.problem_at("columns", "一列也没有", "请至少写一列");
  for (std::size_t i = 0; i < tables.size(); ++i) {
    TableReader column(*tables[i], reader.where() + " " + numbered("列", i), reader.report());
    field.columns.push_back(read_field(column, Place::row, field.columns));
  }
}

Field read_field(TableReader& reader, Place place, const std::vector<Field>& earlier) {
  Field field;
  field.id = reader.id("id");
  field.label = reader.text("label");
  field.hint = reader.optional_text("hint");
  field.required = reader.flag_or("required", true);
  if (!field.id.empty() && has_id(earlier, field.id)) {
    reader.problem_at("id", "编号“" + field.id + "”用过了", "同一事项里每个填写项的编号都要不同");
  }
  static const auto kKindNames = [] {
    std::array<const char*, kKinds.size()> names{};
    std::transform(kKinds.begin(), kKinds.end(), names.begin(), [](FieldKind kind) { return domain::name_of(kind); });
    return names;
  }();
  const auto kind = reader.one_of("kind", kKindNames);
  if (!kind) return field;  // the other keys depend on the kind: one problem is enough
  field.kind = kKinds[*kind];
  read_bounds(reader, field);
  field.may_lie_in_future = reader.flag_or("may_lie_in_future", true);
  if (reader.has("may_lie_in_future") && field.kind != FieldKind::date) {
    reader.problem_at("may_lie_in_future", "只有 date 才有 may_lie_in_future", "请删去这一行");
  }
  read_choices(reader, field);
  if (place == Place::form) {
    read_columns(reader, field);
    field.shown_if = read_condition(reader, "shown_if", earlier);
  } else if (field.kind == FieldKind::rows) {
    reader.problem_at("kind", "列里不能再有 rows", "请把内层各项直接写成列");
    (void)reader.tables("columns");
  }
  reader.refuse_unknown_keys();
  return field;
}

void check_need(TableReader& reader, const Material& material) {
  const bool conditional = material.need == MaterialNeed::conditional;
  if (conditional && !reader.has("condition")) {
    reader.problem_at("condition", "没有写明什么情况下要交", "请用 condition 写一句话，例如“委托他人办理的”");
  }
  for (const char* key : {"condition", "needed_if"}) {
    if (!conditional && reader.has(key))
      reader.problem_at(key, "只有 conditional 才有条件", "请删去这一行，或把 need 改为 conditional");
  }
}

Material read_material(TableReader& reader, const std::vector<Field>& form) {
  Material material;
  material.id = reader.id("id");
  material.name = reader.text("name");
  material.condition = reader.optional_text("condition");
  material.needed_if = read_condition(reader, "needed_if", form);
  material.copies = static_cast<int>(reader.integer_or("copies", 1, 1, kMostCopies));
  material.sides = static_cast<int>(reader.integer_or("sides", 1, 1, 2));
  material.specification = reader.optional_text("specification");
  material.has_sample = reader.flag_or("has_sample", false);
  if (const auto need = reader.one_of("need", kNeeds)) {
    material.need = static_cast<MaterialNeed>(*need);
    check_need(reader, material);
  }
  reader.refuse_unknown_keys();
  return material;
}

}  // namespace

std::vector<Field> read_form(TableReader& item) {
  std::vector<Field> form;
  const auto tables = item.tables("fields");
  for (std::size_t i = 0; i < tables.size(); ++i) {
    TableReader reader(*tables[i], numbered("填写项", i), item.report());
    form.push_back(read_field(reader, Place::form, form));
  }
  return form;
}

std::vector<Material> read_materials(TableReader& item, const std::vector<Field>& form) {
  std::vector<Material> materials;
  const auto tables = item.tables("materials");
  for (std::size_t i = 0; i < tables.size(); ++i) {
    TableReader reader(*tables[i], numbered("材料", i), item.report());
    Material material = read_material(reader, form);
    if (!material.id.empty() && has_id(materials, material.id)) {
      reader.problem_at("id", "编号“" + material.id + "”用过了", "同一事项里每份材料的编号都要不同");
    }
    materials.push_back(std::move(material));
  }
  return materials;
}

}  // namespace bangwu::catalogue
