#pragma once
#include "base/file.h"
#include "domain/application.h"

namespace bangwu::pages {

/// A signature as it was drawn, as a PNG: black on white, 1200 pixels wide, as high as the pad was.
[[nodiscard]] base::Bytes draw_signature(const domain::Signature& signature);

}  // namespace bangwu::pages
