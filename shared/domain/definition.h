#pragma once
#include <string>

#include "domain/catalogue.h"

namespace bangwu::domain {

/// All of an item that an application is judged by — its code, who may apply, its form, its materials —, as one text
/// that differs when any of it does. Labels, contacts, fees and limits are no part of it. The catalogue keeps its hash
/// in Item::definition; an application carries it, so that a form changed meanwhile invents no lacks.
[[nodiscard]] std::string definition_text(const Item& item);

}  // namespace bangwu::domain
