#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "enquiry/enquiry.h"

/// Inside the room only: what is sent, and what came of it.
namespace bangwu::enquiry {

[[nodiscard]] http_client::Request request_for(const CaseQuestion& question);
/// A stranger's answer (a proxy's, another service's) is `unreachable`, whatever it says.
[[nodiscard]] std::variant<domain::cases::Standing, Failure> read_answer(const http_client::Answer& answer);

/// Overwrites the text and empties it.
void wipe(std::string& text);

}  // namespace bangwu::enquiry
