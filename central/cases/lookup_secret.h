#pragma once
#include <string>
#include <string_view>

#include "envelope/keys.h"

namespace bangwu::cases {

/// What the applicant's receipt carries for asking later: six characters of Crockford's base 32 (30 random bits to who
/// does not know the service's key), drawn from the service's receipt key and the submission's id (a deterministic
/// Ed25519 signature, RFC 8032, hashed), so that it is kept nowhere and the same for a repeat. Unlike the end of an ID
/// number nobody else knows it, and no guessing at a case shuts its holder out.
[[nodiscard]] std::string lookup_secret(const envelope::SigningKey& receipt_key, std::string_view submission_id);

/// As people type it: capitals, O for 0, I and L for 1, no spaces or hyphens.
[[nodiscard]] std::string tidy_secret(std::string_view typed);

}  // namespace bangwu::cases
