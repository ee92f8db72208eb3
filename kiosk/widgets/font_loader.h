#pragma once

struct ImFontLoader;

namespace bangwu::widgets {

/// ImGui's FreeType loader, made to load each glyph in the size it is asked for: see the .cpp. Lives as long as the
/// program.
[[nodiscard]] const ImFontLoader* font_loader();

}  // namespace bangwu::widgets
