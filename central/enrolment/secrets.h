#pragma once
#include <string>
#include <string_view>

/// Inside the room only.
namespace bangwu::enrolment {

/// What is stored of a code or a token: its SHA-256 in hex. Both have so many random bits that no salt is needed.
[[nodiscard]] std::string hash_of(std::string_view secret);

/// Why a key ended when its kiosk got another.
inline constexpr const char* kReplaced = "replaced";

}  // namespace bangwu::enrolment
