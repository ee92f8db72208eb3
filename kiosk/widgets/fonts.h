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

  [[nodiscard]] ImFont* face(const Type& type) const { return type.bold ? bold_ : regular_; }
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
  };
  [[nodiscard]] base::Result<ImFont*> add(const std::filesystem::path& path, Mapping& mapping);
  Mapping mappings_[2];
  ImFont* regular_ = nullptr;
  ImFont* bold_ = nullptr;
};

}  // namespace bangwu::widgets
