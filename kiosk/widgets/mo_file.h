#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::widgets {

/// A compiled catalogue of translations ("The Format of GNU MO Files", GNU gettext manual, section 10.3), little or
/// big endian. Owns the file's bytes; lookups are a binary search and return views into them.
class MoFile {
 public:
  MoFile() = default;  ///< translates nothing
  [[nodiscard]] static base::Result<MoFile> load(const std::filesystem::path& path);
  /// Of the same bytes a file would have (fuzzing, tests). Every offset is checked.
  [[nodiscard]] static base::Result<MoFile> parse(std::string bytes);

  /// The translation, or an empty view when there is none.
  [[nodiscard]] std::string_view find(std::string_view original) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::uint32_t original, original_length, translation, translation_length;
  };
  std::string bytes_;
  std::vector<Entry> entries_;
};

}  // namespace bangwu::widgets
