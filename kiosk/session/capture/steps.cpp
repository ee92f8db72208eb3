#include "session/capture/steps.h"

#include <algorithm>

namespace bangwu::session::capture {

using domain::PageFault;

bool Work::has_material(const std::string& id) const {
  const auto& materials = checklist.materials;
  return std::any_of(materials.begin(), materials.end(), [&](const auto& material) { return material.id == id; });
}

int Work::room_for(const std::string& material, const std::optional<std::size_t>& replaces) const {
  if (replaces) return 1;
  return context.hall.pages_per_material - static_cast<int>(pages(material).size());
}

void Work::go(Step next) const {
  state.behind.push_back(std::move(state.step));
  state.step = std::move(next);
}

Captured Work::back() const {
  if (state.behind.empty()) return Back{};
  state.step = std::move(state.behind.back());
  state.behind.pop_back();
  if (const auto* page = at<AtPage>()) look_at(page->material, page->page);
  return Stay{};
}

void Work::look_for_pages(const std::string& material, std::optional<std::size_t> replaces) const {
  go(AtSource{.material = material, .replaces = replaces});
  context.order(ListScanners{});
}

void Work::open(const std::string& material) const {
  if (pages(material).empty()) look_for_pages(material, std::nullopt);
  else go(AtPages{.material = material});
}

void Work::show_pages(const std::string& material, PageFault fault) const {
  const bool whole = !state.one_material;
  state.behind.clear();
  state.step = AtPages{.material = material, .fault = fault};
  if (whole) state.behind.push_back(AtMaterials{});
}

void Work::look_at(const std::string& material, std::size_t page) const {
  context.order(FetchPicture{pages(material)[page].key});
}

}  // namespace bangwu::session::capture
