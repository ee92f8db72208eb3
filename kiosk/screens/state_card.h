#pragma once
#include <string_view>

#include "screens/scene.h"

namespace bangwu::screens {

/// How something stands, in one look: a mark, a title and words on the tone's ground. Cuts its height and a gap off the
/// area.
void state_card(Ui& ui, Rect& area, Icon icon, Tone tone, std::string_view title, std::string_view words);

}  // namespace bangwu::screens
