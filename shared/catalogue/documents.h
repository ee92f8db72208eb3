#pragma once
// Private to the room: opening folders and files, and collecting what is wrong with them.
#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/load.h"

namespace bangwu::catalogue {

/// Collects the problems of one file. Borrowed by the readers of that file.
class Report {
 public:
  explicit Report(std::filesystem::path file) : file_(std::move(file)) {}

  void add(const toml::source_region& place, std::string what, std::string what_to_do);
  void add(const toml::node& node, std::string what, std::string what_to_do) {
    add(node.source(), std::move(what), std::move(what_to_do));
  }
  void add_for_file(std::string what, std::string what_to_do);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] bool empty() const { return problems_.empty(); }
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::filesystem::path file_;
  std::vector<Problem> problems_;
};

/// A parsed file and what was found wrong with it so far; without a table it could not be parsed at all.
struct Document {
  std::optional<toml::table> table;
  Report report;
};

/// All .toml files directly inside `folder`, by file name. Hidden files and editors' backups (~) are passed over; any
/// other file or folder is reported, so that nobody waits for an entry that is never read.
[[nodiscard]] std::vector<Document> read_documents(const std::filesystem::path& folder, std::vector<Problem>& problems);

}  // namespace bangwu::catalogue
