#include "settings_file/strict_table.h"

#include <algorithm>
#include <system_error>

#include "base/file.h"
#include "settings_file/parse.h"

namespace bangwu::settings_file {

void Complaints::add(const toml::source_region& where, std::string_view what) {
  lines.push_back(file.string() + ":" + std::to_string(where.begin.line) + ": " + std::string(what));
}

StrictTable::StrictTable(const toml::table& root, std::string_view name, Complaints& complaints)
    : name_(name), complaints_(complaints) {
  const toml::node* node = root.get(name);
  if (node == nullptr) return;
  table_ = node->as_table();
  if (table_ == nullptr) complaints_.add(node->source(), name_ + " must be a table: write [" + name_ + "]");
}

const toml::node* StrictTable::take(std::string_view key) {
  taken_.emplace(key);
  return table_ == nullptr ? nullptr : table_->get(key);
}

std::optional<std::uint64_t> StrictTable::take_number(std::string_view key, std::uint64_t least, std::uint64_t most) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto number = node->value_exact<std::int64_t>();
  const bool fits = number && *number >= 0 && static_cast<std::uint64_t>(*number) >= least &&
                    static_cast<std::uint64_t>(*number) <= most;
  if (!fits) {
    complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give a whole number from " +
                                        std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*number);
}

void StrictTable::read_switch(std::string_view key, bool& value) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  if (const auto given = node->value_exact<bool>()) value = *given;
  else complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give true or false");
}

void StrictTable::read_text(std::string_view key, std::string& value) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  if (const auto given = node->value_exact<std::string>(); given && !given->empty()) value = *given;
  else complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give a text in quotes");
}

void StrictTable::read_texts(std::string_view key, std::vector<std::string>& values) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const toml::array* list = node->as_array();
  std::vector<std::string> given;
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (const auto text = (*list)[i].value_exact<std::string>(); text && !text->empty()) given.push_back(*text);
  }
  if (list != nullptr && given.size() == list->size()) values = std::move(given);
  else
    complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give a list of texts in quotes");
}

void StrictTable::read_decimal(std::string_view key, float& value, double least, double most) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const auto given = node->value<double>();
  if (given && *given >= least && *given <= most) value = static_cast<float>(*given);
  else
    complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give a number from " +
                                        std::to_string(least) + " to " + std::to_string(most));
}

void StrictTable::read_name(std::string_view key, std::size_t& position,
                            std::initializer_list<std::string_view> names) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const auto given = node->value_exact<std::string>();
  std::string known;
  std::size_t at = 0;
  for (const auto name : names) {
    if (given && *given == name) {
      position = at;
      return;
    }
    known += (known.empty() ? "" : ", ") + std::string(name);
    ++at;
  }
  complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give one of " + known);
}

void StrictTable::read_names(std::string_view key, std::vector<std::string>& values,
                             const std::vector<std::string_view>& names) {
  const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
  std::vector<std::string> given = values;
  read_texts(key, given);
  std::string known;
  for (const auto name : names) known += (known.empty() ? "" : ", ") + std::string(name);
  for (const auto& text : given) {
    if (std::find(names.begin(), names.end(), text) == names.end()) {
      complaints_.add(node->source(), name_ + "." + std::string(key) + " is not right: give some of " + known);
      return;
    }
  }
  values = std::move(given);
}

void StrictTable::read_path(std::string_view key, std::filesystem::path& value, Expect expect) {
  std::string text;
  const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
  read_text(key, text);
  if (text.empty()) return;
  value = complaints_.file.parent_path() / text;
  std::error_code ignored;
  const bool is_there = expect == Expect::folder ? std::filesystem::is_directory(value, ignored)
                                                 : std::filesystem::is_regular_file(value, ignored);
  if (!is_there) {
    complaints_.add(node->source(), name_ + "." + std::string(key) + ": there is no " +
                                        (expect == Expect::folder ? "folder " : "file ") + value.string() +
                                        ": create it or name the right one");
  }
}

void StrictTable::require(std::string_view key) {
  if (table_ != nullptr && table_->get(key) != nullptr) return;
  const toml::source_region where = table_ != nullptr ? table_->source() : toml::source_region{};
  complaints_.add(where, "[" + name_ + "] lacks " + std::string(key) + ": add it");
}

void StrictTable::finish() {
  if (table_ == nullptr) return;
  for (const auto& [key, node] : *table_) {
    if (taken_.contains(key.str())) continue;
    std::string known;
    for (const auto& name : taken_) known += (known.empty() ? "" : ", ") + name;
    complaints_.add(key.source(), "unknown key " + std::string(key.str()) + " in [" + name_ +
                                      "]: remove it or correct its name; known are " + known);
  }
}

base::Result<void> read_strictly(const std::filesystem::path& file, std::initializer_list<std::string_view> tables,
                                 const std::function<void(const toml::table&, Complaints&)>& read) {
  auto text = base::read_text_file(file, 1U << 20);
  if (!text) return base::fail(text.error().code, text.error().detail + ": name a settings file with --config");
  Complaints complaints{file, {}};
  const toml::table parsed = [&] {
    try {
      return parse(*text, file);
    } catch (const toml::parse_error& error) {
      complaints.add(error.source(), "not TOML: " + std::string(error.description()) + ": correct the line");
      return toml::table{};
    }
  }();
  if (!complaints.lines.empty()) return base::fail(base::ErrorCode::invalid_input, complaints.lines.front());
  for (const auto& [key, node] : parsed) {
    if (std::find(tables.begin(), tables.end(), key.str()) == tables.end()) {
      std::string known;
      for (const auto table : tables) known += (known.empty() ? "" : ", ") + std::string(table);
      complaints.add(key.source(), "unknown key or table " + std::string(key.str()) +
                                       ": remove it or correct its name; known tables are " + known);
    }
  }
  read(parsed, complaints);
  if (complaints.lines.empty()) return {};
  std::string detail;
  for (const auto& line : complaints.lines) detail += (detail.empty() ? "" : "\n") + line;
  return base::fail(base::ErrorCode::invalid_input, std::move(detail));
}

}  // namespace bangwu::settings_file
