#pragma once
// Private to the room: reads one TOML table key by key, and reports what is missing, mistyped or unknown.
#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/documents.h"

namespace bangwu::catalogue {

/// Each getter reports a problem and returns an empty value when the key is not what it must be; the caller looks at
/// the report once, at the end. Keys that no getter asked for are unknown: refuse_unknown_keys() comes last.
/// Borrows the table and the report.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string where, Report& report)
      : table_(table), where_(std::move(where)), report_(report) {}

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }

  std::string text(std::string_view key);           ///< must be there and not empty
  std::string optional_text(std::string_view key);  ///< may be missing; if it is there it is not empty
  std::string id(std::string_view key);             ///< text of the form is_id() describes
  std::string pinyin(std::string_view key, std::string_view of_name);

  enum class Least { none, one };
  enum class Repeats { refused, allowed };
  std::vector<std::string> texts(std::string_view key, Least least, Repeats repeats = Repeats::refused);

  std::optional<std::int64_t> integer(std::string_view key, std::int64_t smallest, std::int64_t largest);
  std::int64_t integer_or(std::string_view key, std::int64_t otherwise, std::int64_t smallest, std::int64_t largest);
  bool flag(std::string_view key);
  bool flag_or(std::string_view key, bool otherwise);

  struct PlacedDate {
    toml::date date;
    toml::source_region place;
  };
  std::vector<PlacedDate> dates(std::string_view key);

  /// The position in `names` of the text at `key`.
  std::optional<std::size_t> one_of(std::string_view key, std::span<const char* const> names);

  const toml::table* table(std::string_view key);  ///< must be there
  const toml::table* optional_table(std::string_view key);
  std::vector<const toml::table*> tables(std::string_view key);  ///< [[key]]; may be missing

  void refuse_unknown_keys();

  [[nodiscard]] Report& report() { return report_; }
  [[nodiscard]] const std::string& where() const { return where_; }
  /// Reports at `key`, or at the table when there is no such key.
  void problem_at(std::string_view key, std::string what, std::string what_to_do);

 private:
  const toml::node* find(std::string_view key);
  const toml::node* require(std::string_view key);
  void wrong_type(const toml::node& node, std::string_view key, std::string_view wanted);
  std::string line_of_text(const toml::node& node, std::string_view key);

  const toml::table& table_;
  std::string where_;  ///< e.g. 材料 1, for the words of a problem
  Report& report_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace bangwu::catalogue
