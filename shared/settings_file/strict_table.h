#pragma once
#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::settings_file {

/// Everything wrong with a file, each as "file:line: what: what to do".
struct Complaints {
  std::filesystem::path file;
  std::vector<std::string> lines;
  void add(const toml::source_region& where, std::string_view what);
};

/// One [table] of a settings file. Each read takes a key; what nobody took is reported by the destructor's twin
/// finish(). A key that is absent leaves the default as it is.
class StrictTable {
 public:
  StrictTable(const toml::table& root, std::string_view name, Complaints& complaints);
  template <class Unsigned>
  void read_number(std::string_view key, Unsigned& value, std::uint64_t least, std::uint64_t most) {
    if (const auto number = take_number(key, least, most)) value = static_cast<Unsigned>(*number);
  }
  template <class Duration>
  void read_duration(std::string_view key, Duration& value, std::uint64_t least, std::uint64_t most) {
    if (const auto number = take_number(key, least, most)) value = Duration(static_cast<std::int64_t>(*number));
  }
  void read_switch(std::string_view key, bool& value);
  void read_text(std::string_view key, std::string& value);
  void read_texts(std::string_view key, std::vector<std::string>& values);
  void read_decimal(std::string_view key, float& value, double least, double most);
  /// The position in `names` of the text given.
  void read_name(std::string_view key, std::size_t& position, std::initializer_list<std::string_view> names);
  /// Any of `names`, in a list.
  void read_names(std::string_view key, std::vector<std::string>& values, const std::vector<std::string_view>& names);
  /// A path relative to the file; it must be there.
  enum class Expect { file, folder };
  void read_path(std::string_view key, std::filesystem::path& value, Expect expect);
  void require(std::string_view key);
  void finish();

 private:
  std::optional<std::uint64_t> take_number(std::string_view key, std::uint64_t least, std::uint64_t most);
  const toml::node* take(std::string_view key);
  const toml::table* table_ = nullptr;
  std::string name_;
  Complaints& complaints_;
  std::set<std::string, std::less<>> taken_;
};

/// Parses the file and lets `read` take its tables (named in `tables`; any other is unknown). All complaints together
/// are the error's detail, one line each: `not_found` for a missing file, else `invalid_input`.
[[nodiscard]] base::Result<void> read_strictly(const std::filesystem::path& file,
                                               std::initializer_list<std::string_view> tables,
                                               const std::function<void(const toml::table&, Complaints&)>& read);

}  // namespace bangwu::settings_file
