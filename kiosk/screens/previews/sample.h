#pragma once
#include <optional>
#include <string>
#include <vector>

#include "screens/previews/previews.h"

/// Inside of the previews: what the samples are made of.
namespace bangwu::screens {

/// An item with everything an item can have; lives as long as the program.
[[nodiscard]] const domain::Item& sample_item();
[[nodiscard]] const domain::Item& sample_item_with_fee();
[[nodiscard]] const domain::Procedure& sample_procedure();  ///< of sample_item()
[[nodiscard]] const domain::Procedure& sample_bundle();
[[nodiscard]] std::vector<const domain::Item*> sample_bundle_items();
[[nodiscard]] const domain::Material& sample_material();

/// A frame as the session gives it to a page of that step; step 0 shows none.
[[nodiscard]] session::FrameView frame(int step, std::optional<session::NextLabel> next = session::NextLabel::next,
                                       bool enabled = true);

[[nodiscard]] Preview preview(std::string name, session::FrameView frame, session::ScreenView screen);

void add_choosing(std::vector<Preview>& all);
void add_identity(std::vector<Preview>& all);
void add_form(std::vector<Preview>& all);
void add_materials(std::vector<Preview>& all);
void add_finishing(std::vector<Preview>& all);
void add_rating(std::vector<Preview>& all);
void add_overlays(std::vector<Preview>& all);

}  // namespace bangwu::screens
