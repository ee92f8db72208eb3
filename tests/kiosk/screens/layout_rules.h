#pragma once
#include <string>
#include <vector>

#include "widgets/items.h"
#include "widgets/theme.h"

namespace bangwu::tests {

/// What every page must keep, from its list of items: nothing outside the screen; what is touched at least 12.7 mm high
/// and wide, 2.54 mm apart, never one over another and never beyond the grid, the page's margins; keys beside a page
/// end where the grid ends; words never over words or over something touched; at most six choices, and nothing to
/// scroll where pages are turned. Empty when all is well, else one sentence for each breach.
[[nodiscard]] std::vector<std::string> broken_layout_rules(const std::vector<widgets::Item>& items,
                                                           const widgets::Panel& panel);

}  // namespace bangwu::tests
