#pragma once
#include <string>
#include <vector>

#include "domain/catalogue.h"

namespace bangwu::catalogue {

/// A text of the catalogue that a screen may show, and where it is used ("WJ-SC-0001 label").
struct VisibleText {
  std::string text;
  std::vector<std::string> uses;
  bool operator==(const VisibleText&) const = default;
};

/// Every text with Hanzi that a visitor may read, each once, in the order of first use: the names of the six domains,
/// then items and bundles. These are the keys (msgid) of assets/translations/<language>/catalogue.po. Keywords are
/// searched, not shown, and are left out.
[[nodiscard]] std::vector<VisibleText> visible_texts(const domain::Catalogue& catalogue);

/// The texts as a GNU gettext template (.pot).
[[nodiscard]] std::string to_pot(const std::vector<VisibleText>& texts);

}  // namespace bangwu::catalogue
