#pragma once
// Private to the room: one file, one entry.
#include <optional>

#include "catalogue/documents.h"
#include "catalogue/load.h"

namespace bangwu::catalogue {

template <class Entry>
struct Read {
  Entry entry;
  Provenance provenance;
  toml::source_region code_place;
  toml::source_region items_place;  ///< bundles only
};

/// Nothing if the document has any problem; all of them are in its report.
[[nodiscard]] std::optional<Read<domain::Item>> read_item(Document& document);
[[nodiscard]] std::optional<Read<domain::Bundle>> read_bundle(Document& document);
[[nodiscard]] std::optional<Read<domain::Elsewhere>> read_elsewhere(Document& document);
[[nodiscard]] std::optional<domain::YearCalendar> read_calendar(Document& document);

}  // namespace bangwu::catalogue
