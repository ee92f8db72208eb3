#pragma once
#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "imgui.h"
#include "widgets/theme.h"

namespace bangwu::widgets {

/// The two faces, mapped from their files (Noto Sans CJK is 20 MB each; only the pages of used glyphs are read). The
/// mappings live as long as this object, which must outlive the atlas.
class Fonts {
 public:
  Fonts() = default;
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;
  ~Fonts();

  /// Adds the faces to the atlas of the current ImGui context.
  [[nodiscard]] base::Result<void> load(const std::filesystem::path& regular, const std::filesystem::path& bold);

  /// Whose quotation marks and middle dots: “ ” ’ · are as wide as a Han character in Chinese and narrow in Latin text,
  /// under the same code points. The Latin variants are made when first asked for.
  enum class Marks { chinese, latin };
  void use(Marks marks);

  [[nodiscard]] ImFont* face(const Type& type) const { return type.bold ? current_->bold : current_->regular; }
  [[nodiscard]] ImFontBaked* baked(const Type& type) const { return face(type)->GetFontBaked(size_of(type)); }
  /// What ImGui calls a size is ascent − descent: 1.448 em for Noto Sans CJK. Whole pixels: ImGui bakes glyphs at whole
  /// sizes and would draw any other scaled.
  [[nodiscard]] static float size_of(const Type& type);
  /// From the top of a line's box to where ImGui wants the text's top: Han characters sit in the middle of the line.
  [[nodiscard]] static float offset_in_line(const Type& type);

 private:
  struct Mapping {
    void* data = nullptr;
    std::size_t size = 0;
    bool collection = false;  // a .ttc
  };
  struct Pair {
    ImFont* regular = nullptr;
    ImFont* bold = nullptr;
  };
  [[nodiscard]] static base::Result<void> map(const std::filesystem::path& path, Mapping& mapping);
  [[nodiscard]] static ImFont* add(const Mapping& mapping, int face, bool merge);
  [[nodiscard]] static ImFont* add_latin(const Mapping& mapping);
  Mapping regular_file_;
  Mapping bold_file_;
  Pair chinese_;
  Pair latin_;
  Pair* current_ = &chinese_;
};

}  // namespace bangwu::widgets
