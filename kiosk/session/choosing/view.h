#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/catalogue.h"

namespace bangwu::session {

struct DomainsView {};
struct ListEntry {
  enum class Mark { none, bundle, instant, elsewhere };
  std::string code, name, summary;  ///< elsewhere the summary is the department that does it
  Mark mark = Mark::none;
  std::string telephone{};  ///< elsewhere only
};
/// At most six entries at once.
struct ListView {
  enum class Of { items, bundles } of = Of::items;
  std::optional<domain::Domain> domain{};
  std::vector<ListEntry> entries{};
  int screenful = 0, screenfuls = 1;
};
struct SearchView {
  std::string typed{};
  std::vector<ListEntry> found{};
  int screenful = 0, screenfuls = 1;
};
struct GuideView {
  domain::Procedure procedure;
  const domain::Item* item = nullptr;             ///< borrowed from the catalogue; null for a bundle
  std::vector<const domain::Item*> bundle_items;  ///< borrowed
};

}  // namespace bangwu::session
