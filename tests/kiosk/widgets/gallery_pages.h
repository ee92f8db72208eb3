#pragma once
#include <functional>
#include <string>
#include <vector>

#include "widgets/ui.h"

namespace bangwu::tests {

/// Sample pages that show every widget; drawn to PNG by `gallery` for the eye, and by tests for what must hold of
/// every page (targets, gaps, contrast, completeness of the item list).
struct GalleryPage {
  std::string name;
  std::function<void(widgets::Ui&)> draw;
};
[[nodiscard]] std::vector<GalleryPage> gallery_pages();

}  // namespace bangwu::tests
