#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bangwu::domain {

/// The code of enquiry (查询码) on an applicant's receipt: six characters of Crockford's base 32 (no I, L, O, U),
/// thirty random bits. Whoever has it and the case's number may see where the case stands. Where it comes from:
/// envelope::ContentKey::lookup_secret().
inline constexpr std::size_t kLookupSecretLength = 6;

/// Of the lowest thirty bits.
[[nodiscard]] std::string lookup_secret_of(std::uint64_t bits);
/// As people type it: capitals, O for 0, I and L for 1, full-width forms, no spaces or hyphens.
[[nodiscard]] std::string tidy_lookup_secret(std::string_view typed);
/// As it is read and copied: "K7Q-4X2".
[[nodiscard]] std::string group_lookup_secret(std::string_view secret);

}  // namespace bangwu::domain
