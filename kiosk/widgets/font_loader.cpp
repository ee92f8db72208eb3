#include "widgets/font_loader.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SIZES_H

#include "imgui_freetype.h"
#include "imgui_internal.h"

namespace bangwu::widgets {
namespace {

// A face has one active size at a time, and ImGui 1.92 remembers by address for which baked size it activated it last.
// When the atlas needs room it drops sizes that are out of use and moves the others together: another size then lives
// at that address, counts as active, and its next glyphs come out as large as the one that was dropped. So the size is
// activated for each glyph, which costs one assignment. The loader's data for a size begins with its FT_Size.
bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* loader_data, ImWchar codepoint,
                ImFontGlyph* glyph, float* advance) {
  FT_Activate_Size(*static_cast<FT_Size*>(loader_data));
  return ImGuiFreeType::GetFontLoader()->FontBakedLoadGlyph(atlas, source, baked, loader_data, codepoint, glyph,
                                                            advance);
}

ImFontLoader made() {
  ImFontLoader loader = *ImGuiFreeType::GetFontLoader();
  loader.FontBakedLoadGlyph = load_glyph;
  return loader;
}

}  // namespace

const ImFontLoader* font_loader() {
  static const ImFontLoader kLoader = made();
  return &kLoader;
}

}  // namespace bangwu::widgets
