#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/cases/standing.h"

namespace bangwu::envelope {

/// The answer of `GET /v1/cases/{number}` (docs/wire.md). Members that this version does not know are passed over: a
/// service may be newer than a kiosk. `invalid_input` says where and what, never a value.
[[nodiscard]] std::string to_json(const domain::cases::Standing& standing);
[[nodiscard]] base::Result<domain::cases::Standing> standing_from_json(std::string_view text);

}  // namespace bangwu::envelope
