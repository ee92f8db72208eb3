#pragma once
#include <optional>

#include "widgets/text_engine.h"
#include "widgets/ui.h"

namespace bangwu::widgets {

[[nodiscard]] float candidate_bar_height(Ui& ui);

/// The line of letters being composed and below it the candidates from `first` on, as many as fit, with buttons to
/// page. Changes `first` when paged; returns the number of the candidate touched.
std::optional<std::size_t> candidate_bar(Ui& ui, Rect area, std::size_t& first, const TextEngine& engine);

}  // namespace bangwu::widgets
