#pragma once
#include <filesystem>
#include <string>

namespace bangwu::support {

/// Who has the database and none of the keys: does anything to it that SQL can do, with its guards taken away first.
class Tamperer {
 public:
  explicit Tamperer(const std::filesystem::path& data);
  ~Tamperer();
  Tamperer(const Tamperer&) = delete;
  Tamperer& operator=(const Tamperer&) = delete;
  /// Throws with the database's words if it fails.
  void execute(const std::string& sql);
  [[nodiscard]] std::string text(const std::string& sql);  ///< the first column of the first row
  /// Replaces `from` in the case's events and makes its chain of hashes anew, so that it holds.
  void rewrite_events(const std::string& case_number, const std::string& from, const std::string& to);

 private:
  struct Handle;
  Handle* handle_;
};

}  // namespace bangwu::support
