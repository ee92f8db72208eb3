#pragma once
#include <string_view>

#include "screens/scene.h"
#include "session/capture/view.h"

namespace bangwu::screens {

/// Which picture of a page is shown: `large` where a thumbnail would be blurred. A thumbnail stands in until it is
/// there.
enum class Detail { thumbnail, large };

/// A page's picture that is touched; a plain sheet while it is not there yet.
[[nodiscard]] bool sheet_button(Scene& scene, std::string_view id, Rect area, const session::PageThumb& page,
                                std::string_view label, Detail detail);

/// An empty sheet of paper's shape in the middle of `area`, with words: what stands in for a picture that is not there.
void empty_sheet(Ui& ui, Rect area, std::string_view words);

[[nodiscard]] widgets::Rotation rotation_of(int quarter_turns);

}  // namespace bangwu::screens
