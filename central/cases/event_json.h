#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/cases/application.h"

namespace bangwu::cases {

/// The bytes an event is kept in for ever: canonical JSON, keys sorted, no spaces.
///   {"at":MS,"by":{"who":…},"event":{"type":…, its members},"version":1}
/// `at` is in Unix milliseconds. `by` is {"who":"applicant"}, {"id":…,"role":…,"who":"staff"}, {"id":…,"who":"kiosk"}
/// or
/// {"timer":…,"who":"system"}. Types today: received, noted. A member that changes its meaning makes a new version;
/// readers keep all versions. Version 0, before there were actors, is the event's members with "at" among them, and is
/// read as done by the applicant (received) or by the rules of the first answer (noted).
[[nodiscard]] std::string to_json(const domain::cases::Recorded& recorded);
/// `unsupported` for a version this program does not know, `corrupt` for anything else to_json() does not write.
[[nodiscard]] base::Result<domain::cases::Recorded> recorded_from_json(std::string_view text);

/// What a first event has before it: 64 zeros.
[[nodiscard]] std::string chain_start();
/// SHA-256, in hex, of the previous link's hash in hex followed by the event's canonical JSON.
[[nodiscard]] std::string chain_hash(std::string_view previous, std::string_view body);

}  // namespace bangwu::cases
