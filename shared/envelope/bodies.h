#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/application.h"
#include "domain/rating.h"

namespace bangwu::envelope {

/// The JSON forms of what is inside an envelope, before sealing. Keys are the member names of the domain types, enums
/// are their name_of(), absent optionals are left out. Reading checks every member and refuses unknown ones; it does
/// not judge the content (domain::assess does).
[[nodiscard]] std::string to_json(const domain::Application& application);
[[nodiscard]] base::Result<domain::Application> application_from_json(std::string_view text);

[[nodiscard]] std::string to_json(const domain::Rating& rating);
[[nodiscard]] base::Result<domain::Rating> rating_from_json(std::string_view text);

}  // namespace bangwu::envelope
