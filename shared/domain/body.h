#pragma once
#include <variant>

#include "domain/application.h"
#include "domain/rating.h"

namespace bangwu::domain {

/// What leaves a kiosk, before it is sealed; the alternative says the envelope's kind. A new kind is added at the end.
using Body = std::variant<Application, Rating>;

}  // namespace bangwu::domain
