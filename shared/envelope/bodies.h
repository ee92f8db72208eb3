#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/body.h"
#include "envelope/envelope.h"

namespace bangwu::envelope {

/// The JSON forms of what is inside an envelope, before sealing. Keys are the member names of the domain types, enums
/// are their name_of(), absent optionals are left out. Reading checks every member and refuses unknown ones; it does
/// not judge the content (domain::assess does).
[[nodiscard]] std::string to_json(const domain::Application& application);
[[nodiscard]] base::Result<domain::Application> application_from_json(std::string_view text);

[[nodiscard]] std::string to_json(const domain::Rating& rating);
[[nodiscard]] base::Result<domain::Rating> rating_from_json(std::string_view text);

/// Any body, and the kind it travels as.
[[nodiscard]] Kind kind_of(const domain::Body& body);
[[nodiscard]] std::string to_json(const domain::Body& body);
/// The reader that every body meets: of the kiosk before “已保存” is said, of the central service when it has opened an
/// envelope. `unsupported` for a kind that has no body yet.
[[nodiscard]] base::Result<domain::Body> body_from_json(Kind kind, std::string_view text);

}  // namespace bangwu::envelope
