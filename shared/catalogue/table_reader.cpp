#include "catalogue/table_reader.h"

#include <algorithm>
#include <utility>

#include "catalogue/text_checks.h"

namespace bangwu::catalogue {
namespace {

constexpr std::size_t kLongestText = 2000;  // bytes; about 660 Hanzi, more than a screen shows

std::string quoted(std::string_view key) { return "“" + std::string{key} + "”"; }

}  // namespace

void TableReader::problem_at(std::string_view key, std::string what, std::string what_to_do) {
  const toml::node* node = table_.get(key);
  const toml::node& place = node != nullptr ? *node : static_cast<const toml::node&>(table_);
  report_.add(place, where_ + "：" + std::move(what), std::move(what_to_do));
}

const toml::node* TableReader::find(std::string_view key) {
  asked_.emplace(key);
  return table_.get(key);
}

const toml::node* TableReader::require(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) problem_at(key, "缺少 " + quoted(key), "请补上这个键，写法见 README.md");
  return node;
}

void TableReader::wrong_type(const toml::node& node, std::string_view key, std::string_view wanted) {
  report_.add(node, where_ + "：" + quoted(key) + " 的类型不对", "应为" + std::string{wanted});
}

std::string TableReader::line_of_text(const toml::node& node, std::string_view key) {
  const auto* value = node.as_string();
  if (value == nullptr) {
    wrong_type(node, key, "双引号中的文字");
    return {};
  }
  const std::string& text = value->get();
  if (text.empty()) {
    report_.add(node, where_ + "：" + quoted(key) + " 是空的", "请写明内容，不需要时整行删去");
  } else if (!is_clean_line(text)) {
    report_.add(node, where_ + "：" + quoted(key) + " 首尾有空格或含有换行等控制字符", "请写成一行，去掉首尾空格");
  } else if (text.size() > kLongestText) {
    report_.add(node, where_ + "：" + quoted(key) + " 太长", "请缩短到 600 字以内");
  } else {
    return text;
  }
  return {};
}

std::string TableReader::text(std::string_view key) {
  const toml::node* node = require(key);
  return node == nullptr ? std::string{} : line_of_text(*node, key);
}

std::string TableReader::optional_text(std::string_view key) {
  const toml::node* node = find(key);
  return node == nullptr ? std::string{} : line_of_text(*node, key);
}

std::string TableReader::id(std::string_view key) {
  std::string value = text(key);
  if (value.empty() || is_id(value)) return value;
  problem_at(key, quoted(key) + " 只能用英文字母、数字、“_”“-”“.”，不超过 64 个",
             "请改成这样的编号，例如 contact_phone");
  return {};
}

std::string TableReader::pinyin(std::string_view key, std::string_view of_name) {
  std::string value = text(key);
  if (value.empty() || of_name.empty()) return value;
  switch (check_pinyin(of_name, value)) {
    case PinyinProblem::none: return value;
    case PinyinProblem::not_syllables:
      problem_at(key, quoted(key) + " 不是用一个空格隔开的小写拼音",
                 "请写成不带声调的小写拼音，ü 写作 v，例如 lv xing she");
      break;
    case PinyinProblem::wrong_count:
      problem_at(key,
                 quoted(key) + " 有 " + std::to_string(count_syllables(value)) + " 个音节，名称有 " +
                     std::to_string(count_hanzi(of_name)) + " 个汉字",
                 "请为名称里的每个汉字写一个音节，标点、字母和数字不写");
      break;
  }
  return {};
}

std::vector<std::string> TableReader::texts(std::string_view key, Least least, Repeats repeats) {
  std::vector<std::string> values;
  const toml::node* node = least == Least::one ? require(key) : find(key);
  if (node == nullptr) return values;
  const auto* array = node->as_array();
  if (array == nullptr) {
    wrong_type(*node, key, "方括号中的文字列表");
    return values;
  }
  if (array->empty() && least == Least::one) problem_at(key, quoted(key) + " 一项也没有", "请至少写一项");
  for (const toml::node& element : *array) {
    std::string value = line_of_text(element, key);
    const bool is_repeated = !value.empty() && std::find(values.begin(), values.end(), value) != values.end();
    if (is_repeated && repeats == Repeats::refused) {
      report_.add(element, where_ + "：" + quoted(key) + " 里重复了“" + value + "”", "请删去重复的一项");
    }
    values.push_back(std::move(value));
  }
  return values;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t smallest, std::int64_t largest) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_integer();
  if (value == nullptr) {
    wrong_type(*node, key, "整数，不加引号");
    return std::nullopt;
  }
  if (value->get() >= smallest && value->get() <= largest) return value->get();
  problem_at(key, quoted(key) + " 超出范围",
             "应在 " + std::to_string(smallest) + " 到 " + std::to_string(largest) + " 之间");
  return std::nullopt;
}

std::int64_t TableReader::integer_or(std::string_view key, std::int64_t otherwise, std::int64_t smallest,
                                     std::int64_t largest) {
  return integer(key, smallest, largest).value_or(otherwise);
}

bool TableReader::flag(std::string_view key) { return require(key) != nullptr && flag_or(key, false); }

bool TableReader::flag_or(std::string_view key, bool otherwise) {
  const toml::node* node = find(key);
  if (node == nullptr) return otherwise;
  if (const auto* value = node->as_boolean()) return value->get();
  wrong_type(*node, key, " true 或 false，不加引号");
  return otherwise;
}

std::vector<TableReader::PlacedDate> TableReader::dates(std::string_view key) {
  std::vector<PlacedDate> values;
  const toml::node* node = require(key);
  if (node == nullptr) return values;
  const auto* array = node->as_array();
  if (array == nullptr) {
    wrong_type(*node, key, "方括号中的日期列表");
    return values;
  }
  for (const toml::node& element : *array) {
    if (const auto* value = element.as_date()) values.push_back({value->get(), element.source()});
    else wrong_type(element, key, "日期，写成 2026-01-01，不加引号");
  }
  return values;
}

std::optional<std::size_t> TableReader::one_of(std::string_view key, std::span<const char* const> names) {
  const std::string value = text(key);
  if (value.empty()) return std::nullopt;
  const auto found = std::find(names.begin(), names.end(), value);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string all;
  for (const char* name : names) all += std::string{all.empty() ? "" : "、"} + name;
  problem_at(key, quoted(key) + " 不认识“" + value + "”", "只能是：" + all);
  return std::nullopt;
}

const toml::table* TableReader::table(std::string_view key) {
  return require(key) == nullptr ? nullptr : optional_table(key);
}

const toml::table* TableReader::optional_table(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return nullptr;
  const auto* value = node->as_table();
  if (value == nullptr) wrong_type(*node, key, "一个表，写成 [" + std::string{key} + "] 或 { … }");
  return value;
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
  std::vector<const toml::table*> values;
  const toml::node* node = find(key);
  if (node == nullptr) return values;
  const auto* array = node->as_array();
  if (array == nullptr) {
    wrong_type(*node, key, "若干个表，写成 [[" + std::string{key} + "]] 或 [{ … }, { … }]");
    return values;
  }
  for (const toml::node& element : *array) {
    if (const auto* value = element.as_table()) values.push_back(value);
    else wrong_type(element, key, "一个表，写成 { … }");
  }
  return values;
}

void TableReader::refuse_unknown_keys() {
  for (const auto& [key, value] : table_) {
    if (asked_.contains(key.str())) continue;
    report_.add(value, where_ + "：不认识的键 " + quoted(key.str()), "请检查拼写，或删去这一行；可用的键见 README.md");
  }
}

}  // namespace bangwu::catalogue
