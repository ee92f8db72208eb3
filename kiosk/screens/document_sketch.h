#pragma once
#include "screens/scene.h"

namespace bangwu::screens {

/// Where on a document the thing asked for stands.
enum class Sketch { card_number, card_name, licence_code, licence_name };

/// Draws a plain picture of the document in what is left of the body, with that place marked; nothing when there is too
/// little room.
void draw_sketch(Scene& scene, Sketch sketch);

}  // namespace bangwu::screens
