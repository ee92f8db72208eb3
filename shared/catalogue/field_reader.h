#pragma once
// Private to the room: an item's form and materials.
#include <vector>

#include "catalogue/table_reader.h"
#include "domain/catalogue.h"

namespace bangwu::catalogue {

/// The [[fields]] of an item.
[[nodiscard]] std::vector<domain::Field> read_form(TableReader& item);

/// The [[materials]] of an item; conditions may name fields of `form`.
[[nodiscard]] std::vector<domain::Material> read_materials(TableReader& item, const std::vector<domain::Field>& form);

}  // namespace bangwu::catalogue
